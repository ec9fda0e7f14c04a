import django.utils.timezone
from django.db import migrations, models

import fengqiao.kernel.secrets
from fengqiao.kernel.schema import Tables


class Migration(migrations.Migration):
    replaces = [("web", "0002_once_seals_addresses")]

    initial = True

    dependencies = []

    operations = [
        Tables(
            migrations.CreateModel(
                name="Once",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.CharField(max_length=200)),
                    ("actor", models.CharField(max_length=80)),
                    ("mark", models.CharField(max_length=64)),
                    ("status", models.PositiveSmallIntegerField(default=0)),
                    ("body", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("content_type", models.CharField(blank=True, max_length=100)),
                    ("location", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("created_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ],
                options={
                    "verbose_name": "一次提交",
                    "constraints": [models.UniqueConstraint(fields=("actor", "key"), name="web_one_answer_a_key")],
                },
            ),
        ),
    ]
