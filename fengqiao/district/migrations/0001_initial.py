from django.db import migrations, models

from fengqiao.kernel.schema import Tables


class Migration(migrations.Migration):
    replaces = [("district", "0001_structure")]

    initial = True

    dependencies = []

    operations = [
        Tables(
            migrations.CreateModel(
                name="Folder",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=120)),
                    ("sources", models.JSONField(default=dict)),
                    ("notes", models.JSONField(default=list)),
                    ("said_by", models.JSONField(default=dict)),
                ],
            ),
        ),
    ]
