import django.db.models.deletion
from django.db import migrations, models

from fengqiao.kernel.schema import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("disputes", "0001_initial"),
        ("papers", "0001_initial"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="CourtStep",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "act",
                        models.CharField(
                            choices=[
                                ("apply_confirmation", "申请司法确认"),
                                ("confirm", "法院裁定确认"),
                                ("dismiss", "法院驳回确认申请"),
                                ("apply_enforcement", "申请强制执行"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("court", models.CharField(max_length=60)),
                    ("number", models.CharField(blank=True, max_length=60)),
                    ("on", models.DateField()),
                    ("remark", models.CharField(blank=True, max_length=300)),
                    ("recorded_by", models.CharField(max_length=80)),
                    ("recorded_at", models.DateTimeField()),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="court_steps",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "paper",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="court_steps",
                            to="papers.paper",
                        ),
                    ),
                ],
                options={
                    "ordering": ["dispute_id", "recorded_at", "pk"],
                },
            ),
            migrations.CreateModel(
                name="Miss",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("due_on", models.DateField()),
                    ("noted_at", models.DateTimeField()),
                    (
                        "obligation",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="miss", to="disputes.obligation"
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "misses",
                },
            ),
            migrations.CreateModel(
                name="Performance",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("on", models.DateField()),
                    ("amount_fen", models.BigIntegerField(blank=True, null=True)),
                    (
                        "how",
                        models.CharField(
                            choices=[
                                ("cash", "现金"),
                                ("transfer", "转账"),
                                ("done", "做完了（不是钱的事）"),
                                ("other", "其他方式"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("remark", models.CharField(blank=True, max_length=300)),
                    (
                        "standing",
                        models.CharField(
                            choices=[("claimed", "等核对"), ("counted", "已核对"), ("denied", "没有认可")],
                            max_length=10,
                        ),
                    ),
                    ("recorder", models.CharField(max_length=40)),
                    ("recorded_by", models.CharField(max_length=80)),
                    ("recorded_at", models.DateTimeField()),
                    ("confirmed_by_creditor", models.BooleanField(default=False)),
                    ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "obligation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="performances",
                            to="disputes.obligation",
                        ),
                    ),
                    (
                        "proof",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="proves",
                            to="papers.paper",
                        ),
                    ),
                ],
                options={
                    "ordering": ["obligation_id", "on", "pk"],
                },
            ),
        ),
    ]
