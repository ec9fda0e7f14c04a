"""The search index: one table per engine, written and read by fengqiao.disputes.search."""

from django.db import migrations

from fengqiao.disputes.search import postgres, sqlite


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(sqlite.CREATE)
    else:
        for sql in postgres.CREATE:
            schema_editor.execute(sql)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE disputes_search")


class Migration(migrations.Migration):
    dependencies = [("disputes", "0002_initial")]
    operations = [migrations.RunPython(create, drop)]
