"""Clocks that run and were told of already are not told of again."""

from django.db import migrations


def say_what_was_told(apps, schema_editor):
    running = apps.get_model("disputes", "Clock").objects.filter(stopped_at=None, told_step=None)
    running.filter(missed_at__isnull=False).update(told_step=0)
    running.filter(missed_at=None, warned_at__isnull=False).update(told_step=-24)


class Migration(migrations.Migration):
    dependencies = [("disputes", "0008_limits_calendar_warnings")]

    operations = [migrations.RunPython(say_what_was_told, migrations.RunPython.noop)]
