import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fengqiao.kernel.schema import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("bodies", "0001_initial"),
        ("disputes", "0001_initial"),
        ("ledger", "0001_initial"),
        ("papers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="PlanStep",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.SlugField(max_length=60, unique=True)),
                    ("name", models.CharField(max_length=60)),
                    ("rank", models.PositiveSmallIntegerField(default=0)),
                    ("words", models.CharField(blank=True, max_length=300)),
                    ("basis", models.CharField(blank=True, max_length=200)),
                    ("is_slot", models.BooleanField(default=False)),
                ],
                options={
                    "ordering": ["rank", "pk"],
                },
            ),
            migrations.CreateModel(
                name="SeatKind",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.SlugField(max_length=60, unique=True)),
                    ("name", models.CharField(max_length=60)),
                    ("rank", models.PositiveSmallIntegerField(default=0)),
                    ("words", models.CharField(blank=True, max_length=300)),
                    ("is_slot", models.BooleanField(default=False)),
                ],
                options={
                    "ordering": ["rank", "pk"],
                },
            ),
            migrations.CreateModel(
                name="Threshold",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.SlugField(max_length=60, unique=True)),
                    ("n", models.PositiveSmallIntegerField()),
                    ("basis", models.CharField(blank=True, max_length=200)),
                ],
                options={
                    "ordering": ["key"],
                },
            ),
            migrations.CreateModel(
                name="Clearing",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("day", models.DateField()),
                    ("signed_at", models.DateTimeField()),
                    ("words", models.CharField(blank=True, max_length=300)),
                    (
                        "body",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="clearings",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "signed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
                options={
                    "ordering": ["-day"],
                    "constraints": [models.UniqueConstraint(fields=("body", "day"), name="clearing_once_a_day")],
                },
            ),
            migrations.CreateModel(
                name="ClearingLine",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "why",
                        models.CharField(
                            choices=[("registered", "今天登记"), ("due", "今天到期"), ("left", "以前留下")],
                            max_length=10,
                        ),
                    ),
                    ("since", models.DateField()),
                    ("state", models.CharField(max_length=20)),
                    ("is_cleared", models.BooleanField()),
                    (
                        "clearing",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="supervision.clearing"
                        ),
                    ),
                    (
                        "clock",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="disputes.clock",
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disputes.dispute"
                        ),
                    ),
                ],
                options={
                    "ordering": ["clearing_id", "pk"],
                },
            ),
            migrations.CreateModel(
                name="Conference",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("topic", models.CharField(max_length=300)),
                    ("at", models.DateTimeField()),
                    ("place", models.CharField(max_length=120)),
                    ("materials", models.JSONField(blank=True, default=list)),
                    ("called_at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[("called", "待召开"), ("held", "已召开"), ("cancelled", "已取消")],
                            default="called",
                            max_length=10,
                        ),
                    ),
                    ("minutes", models.TextField(blank=True)),
                    ("held_at", models.DateTimeField(blank=True, null=True)),
                    ("reason", models.CharField(blank=True, max_length=300)),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="conferences_called",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "called_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="conferences_called",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="conferences",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "recorder",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["at", "pk"],
                    "indexes": [models.Index(fields=["state", "at"], name="conference_by_time")],
                },
            ),
            migrations.CreateModel(
                name="ConferenceTask",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("words", models.CharField(max_length=300)),
                    ("due_on", models.DateField()),
                    ("answer", models.TextField(blank=True)),
                    ("answered_at", models.DateTimeField(blank=True, null=True)),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="conference_tasks",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "closed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "conference",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tasks",
                            to="supervision.conference",
                        ),
                    ),
                ],
                options={
                    "ordering": ["conference_id", "pk"],
                },
            ),
            migrations.CreateModel(
                name="Incident",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("region_code", models.CharField(max_length=15)),
                    ("title", models.CharField(max_length=120)),
                    ("place", models.CharField(max_length=200)),
                    ("happened_at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[("open", "处置中"), ("over", "已平息")], default="open", max_length=10
                        ),
                    ),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="incidents", to="bodies.body"
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="incidents",
                            to="disputes.dispute",
                        ),
                    ),
                ],
                options={
                    "ordering": ["-happened_at", "-pk"],
                    "indexes": [models.Index(fields=["state", "region_code"], name="incident_by_region")],
                },
            ),
            migrations.CreateModel(
                name="IncidentReport",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("n", models.PositiveSmallIntegerField()),
                    ("words", models.TextField()),
                    ("people", models.PositiveIntegerField()),
                    ("measures", models.TextField()),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "incident",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reports",
                            to="supervision.incident",
                        ),
                    ),
                ],
                options={
                    "ordering": ["incident_id", "n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("incident", "n"), name="incident_report_once_a_number")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Lapse",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("region_code", models.CharField(max_length=15)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("not_accepted", "应受理未受理"),
                                ("not_handled", "应办理未办理"),
                                ("unlawful", "不依法办理"),
                            ],
                            max_length=15,
                        ),
                    ),
                    ("ground", models.CharField(max_length=300)),
                    ("found_at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[("candidate", "待核实"), ("confirmed", "属实"), ("dismissed", "不属实")],
                            default="candidate",
                            max_length=10,
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=300)),
                    ("decided_at", models.DateTimeField(blank=True, null=True)),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="lapses", to="bodies.body"
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="lapses", to="disputes.dispute"
                        ),
                    ),
                    (
                        "entry",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="lapse", to="ledger.entry"
                        ),
                    ),
                ],
                options={
                    "ordering": ["-found_at", "-pk"],
                    "indexes": [models.Index(fields=["state", "region_code"], name="lapse_by_region")],
                },
            ),
            migrations.CreateModel(
                name="LeaderCase",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("target_on", models.DateField()),
                    ("why", models.CharField(max_length=300)),
                    ("taken_at", models.DateTimeField()),
                    ("released_at", models.DateTimeField(blank=True, null=True)),
                    ("reason", models.CharField(blank=True, max_length=300)),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="leader_cases", to="bodies.body"
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="leader_cases",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "leader",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="leader_cases",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "released_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "taken_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
                options={
                    "ordering": ["target_on", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("released_at", None)),
                            fields=("dispute",),
                            name="leader_case_one_leader_at_a_time",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="MonthlyReview",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("month", models.DateField()),
                    ("grounds", models.CharField(max_length=300)),
                    (
                        "conclusion",
                        models.CharField(
                            choices=[
                                ("watch", "继续办，下月再看"),
                                ("order", "督办"),
                                ("confer", "召集会商"),
                                ("lead", "提请领导包案"),
                                ("elsewhere", "引导走其他途径"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("words", models.CharField(max_length=300)),
                    ("at", models.DateTimeField()),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="bodies.body"
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="disputes.dispute"
                        ),
                    ),
                ],
                options={
                    "ordering": ["-month", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("dispute", "body", "month"), name="review_once_a_month_and_body"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Order",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("kind", models.CharField(choices=[("assign", "交办"), ("supervise", "督办")], max_length=10)),
                    ("words", models.TextField()),
                    ("due_on", models.DateField()),
                    ("given_at", models.DateTimeField()),
                    ("received_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("given", "待签收"),
                                ("received", "待答复"),
                                ("answered", "待审"),
                                ("accepted", "已办结"),
                                ("withdrawn", "已撤销"),
                            ],
                            default="given",
                            max_length=10,
                        ),
                    ),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ("reason", models.CharField(blank=True, max_length=300)),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "body",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="orders",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="disputes.dispute"
                        ),
                    ),
                    (
                        "giver",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="orders_given",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "giver_body",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="orders_given",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "received_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="orders_received",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["due_on", "pk"],
                    "indexes": [
                        models.Index(fields=["body", "state", "due_on"], name="order_by_body"),
                        models.Index(fields=["giver_body", "state", "due_on"], name="order_by_giver"),
                        models.Index(
                            condition=models.Q(("state__in", ["given", "received"])),
                            fields=["due_on"],
                            name="order_running_by_due",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="OrderAnswer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("words", models.TextField()),
                    ("at", models.DateTimeField()),
                    (
                        "verdict",
                        models.CharField(
                            blank=True,
                            choices=[("", "待审"), ("accepted", "认可"), ("sent_back", "退回重办")],
                            default="",
                            max_length=10,
                        ),
                    ),
                    ("verdict_words", models.CharField(blank=True, max_length=300)),
                    ("verdict_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "order",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="supervision.order"
                        ),
                    ),
                    (
                        "paper",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="papers.paper",
                        ),
                    ),
                    (
                        "verdict_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["order_id", "pk"],
                },
            ),
            migrations.CreateModel(
                name="PlanRun",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=60)),
                    ("started_at", models.DateTimeField()),
                    (
                        "incident",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="plan", to="supervision.incident"
                        ),
                    ),
                    (
                        "started_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="PlanTick",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("n", models.PositiveSmallIntegerField()),
                    ("words", models.CharField(max_length=300)),
                    ("basis", models.CharField(blank=True, max_length=200)),
                    ("done_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "done_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "run",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="ticks", to="supervision.planrun"
                        ),
                    ),
                ],
                options={
                    "ordering": ["run_id", "n"],
                },
            ),
            migrations.CreateModel(
                name="Progress",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("words", models.TextField()),
                    ("at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="entries",
                            to="supervision.leadercase",
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "progress",
                    "ordering": ["case_id", "pk"],
                },
            ),
            migrations.CreateModel(
                name="Receipt",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("to_name", models.CharField(blank=True, max_length=120)),
                    ("how", models.CharField(blank=True, max_length=120)),
                    ("sent_at", models.DateTimeField()),
                    ("received_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "body",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="incident_receipts",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "received_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="receipts",
                            to="supervision.incidentreport",
                        ),
                    ),
                    (
                        "sent_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
                options={
                    "ordering": ["report_id", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("report", "body"), name="incident_told_once_a_body")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Seat",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("seat", models.CharField(max_length=60)),
                    (
                        "answer",
                        models.CharField(
                            choices=[
                                ("pending", "还没有答复"),
                                ("coming", "来"),
                                ("other", "换人来"),
                                ("cannot", "来不了"),
                            ],
                            default="pending",
                            max_length=10,
                        ),
                    ),
                    ("words", models.CharField(blank=True, max_length=300)),
                    ("answered_at", models.DateTimeField(blank=True, null=True)),
                    ("attended", models.BooleanField(null=True)),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="conference_seats",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "conference",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="seats",
                            to="supervision.conference",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="conference_seats",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["conference_id", "pk"],
                },
            ),
        ),
    ]
