import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fengqiao.kernel.schema import Tables


class Migration(migrations.Migration):
    replaces = [("desk", "0001_saved_views")]

    initial = True

    dependencies = [
        ("bodies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="SavedView",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "listing",
                        models.CharField(choices=[("worklist", "工作台"), ("disputes", "全部纠纷")], max_length=10),
                    ),
                    ("name", models.CharField(max_length=30)),
                    ("query", models.CharField(blank=True, max_length=300)),
                    ("saved_at", models.DateTimeField()),
                    (
                        "owner",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="saved_views",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "shared_with",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="shared_views",
                            to="bodies.body",
                        ),
                    ),
                ],
                options={
                    "ordering": ["name", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("owner", "listing", "name"), name="desk_one_view_of_a_name")
                    ],
                },
            ),
            migrations.CreateModel(
                name="StartView",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "listing",
                        models.CharField(choices=[("worklist", "工作台"), ("disputes", "全部纠纷")], max_length=10),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="start_views",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "view",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="starts", to="desk.savedview"
                        ),
                    ),
                ],
                options={
                    "constraints": [models.UniqueConstraint(fields=("user", "listing"), name="desk_one_start_each")],
                },
            ),
        ),
    ]
