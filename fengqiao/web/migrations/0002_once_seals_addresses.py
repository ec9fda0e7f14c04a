"""Answers no longer stand beside their address in clear. What was remembered so far is forgotten: it lives two days."""

from typing import Any

from django.db import migrations, models

import fengqiao.kernel.secrets


def forget(apps: Any, schema_editor: Any) -> None:
    apps.get_model("web", "Once").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("web", "0001_initial")]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("once", "path"),
        migrations.RemoveField("once", "fingerprint"),
        migrations.AddField("once", "mark", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.AlterField("once", "location", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
    ]
