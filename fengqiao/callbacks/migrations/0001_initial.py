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
                name="Archive",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("volume", models.PositiveSmallIntegerField(default=1)),
                    ("number", models.CharField(max_length=60)),
                    ("years", models.PositiveSmallIntegerField()),
                    ("path", models.CharField(max_length=200)),
                    ("sha256", models.CharField(max_length=64)),
                    ("size", models.BigIntegerField()),
                    ("papers", models.PositiveSmallIntegerField()),
                    ("pages", models.PositiveSmallIntegerField()),
                    ("filed_by", models.CharField(max_length=80)),
                    ("at", models.DateTimeField()),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="archives", to="disputes.dispute"
                        ),
                    ),
                ],
                options={
                    "ordering": ["dispute_id", "volume"],
                    "constraints": [
                        models.UniqueConstraint(fields=("dispute", "volume"), name="archive_volumes_numbered_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Callback",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "how",
                        models.CharField(
                            choices=[("phone", "电话"), ("visit", "上门"), ("online", "网上"), ("sms", "短信")],
                            max_length=10,
                        ),
                    ),
                    (
                        "rating",
                        models.CharField(
                            choices=[
                                ("satisfied", "满意"),
                                ("fairly", "基本满意"),
                                ("dissatisfied", "不满意"),
                                ("unreached", "未接通"),
                            ],
                            max_length=15,
                        ),
                    ),
                    ("words", models.TextField(blank=True)),
                    ("by_party", models.BooleanField(default=False)),
                    ("recorded_by", models.CharField(max_length=80)),
                    ("at", models.DateTimeField()),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="callbacks", to="disputes.dispute"
                        ),
                    ),
                    (
                        "paper",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="callbacks",
                            to="papers.paper",
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="callbacks", to="disputes.party"
                        ),
                    ),
                ],
                options={
                    "ordering": ["dispute_id", "at", "pk"],
                    "indexes": [models.Index(fields=["at", "rating"], name="callback_by_time")],
                },
            ),
            migrations.CreateModel(
                name="Contest",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("words", models.TextField()),
                    ("at", models.DateTimeField()),
                    (
                        "answer_kind",
                        models.CharField(
                            blank=True, choices=[("reopened", "重新办理"), ("explained", "说明了理由")], max_length=10
                        ),
                    ),
                    ("answer", models.TextField(blank=True)),
                    ("answered_by", models.CharField(blank=True, max_length=80)),
                    ("answered_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="contests", to="disputes.dispute"
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="contests", to="disputes.party"
                        ),
                    ),
                ],
                options={
                    "ordering": ["dispute_id", "at", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("answered_at", None)),
                            fields=("party",),
                            name="contest_one_open_a_party",
                        )
                    ],
                },
            ),
        ),
    ]
