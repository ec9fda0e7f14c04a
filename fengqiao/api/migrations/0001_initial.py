import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from fengqiao.kernel.schema import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Token",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=60)),
                    ("index", models.CharField(max_length=64, unique=True)),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("expires_at", models.DateTimeField(blank=True, null=True)),
                    ("used_at", models.DateTimeField(blank=True, null=True)),
                    ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tokens",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
            ),
        ),
    ]
