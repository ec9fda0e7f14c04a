import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import fengqiao.kernel.secrets
from fengqiao.kernel.schema import Tables


class Migration(migrations.Migration):
    replaces = [
        ("intake", "0002_queue"),
        ("intake", "0003_own_data"),
        ("intake", "0004_learnt"),
        ("intake", "0005_text_readings"),
        ("intake", "0006_ties"),
        ("intake", "0007_ties_taken_back"),
    ]

    initial = True

    dependencies = [
        ("bodies", "0001_initial"),
        ("disputes", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Learnt",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("weights", models.JSONField()),
                    ("figures", models.JSONField()),
                    ("before", models.FloatField()),
                    ("after", models.FloatField()),
                    ("is_in_force", models.BooleanField(default=False)),
                    ("made_at", models.DateTimeField()),
                    (
                        "made_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "replaces",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="intake.learnt",
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "learnt",
                    "ordering": ["-pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("is_in_force", True)),
                            fields=("is_in_force",),
                            name="learnt_one_in_force",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Line",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("subject", models.CharField(blank=True, max_length=60)),
                    ("letter", models.CharField(max_length=2)),
                    ("day", models.DateField(null=True)),
                    ("last", models.PositiveSmallIntegerField(default=0)),
                    ("measured", models.FloatField(default=0)),
                    ("minutes", models.FloatField(default=0)),
                    ("squares", models.FloatField(default=0)),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="bodies.body"
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("body", "subject"), name="one_line_a_subject"),
                        models.UniqueConstraint(fields=("body", "letter"), name="one_line_a_letter"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="QueueRules",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=20, unique=True)),
                    ("values", models.JSONField(default=dict)),
                ],
                options={
                    "verbose_name_plural": "queue rules",
                },
            ),
            migrations.CreateModel(
                name="TextOpinion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("model", models.CharField(max_length=80)),
                    ("letter", models.CharField(blank=True, max_length=1)),
                    ("summary", models.CharField(blank=True, max_length=120)),
                    ("given_at", models.DateTimeField()),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="text_opinions",
                            to="disputes.dispute",
                        ),
                    ),
                ],
                options={
                    "constraints": [models.UniqueConstraint(fields=("dispute",), name="opinion_given_once")],
                },
            ),
            migrations.CreateModel(
                name="TextReading",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("version", models.CharField(max_length=40)),
                    ("letter", models.CharField(max_length=1)),
                    ("runner_up", models.CharField(blank=True, max_length=1)),
                    ("confidence", models.FloatField()),
                    ("is_sure", models.BooleanField()),
                    ("kind_words", models.JSONField(default=list)),
                    ("urgency", models.PositiveSmallIntegerField()),
                    ("is_danger", models.BooleanField()),
                    ("urgency_confidence", models.FloatField()),
                    ("urgency_words", models.JSONField(default=list)),
                    ("is_mass", models.BooleanField()),
                    ("mass_words", models.JSONField(default=list)),
                    ("read_at", models.DateTimeField()),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="text_readings",
                            to="disputes.dispute",
                        ),
                    ),
                ],
                options={
                    "constraints": [models.UniqueConstraint(fields=("dispute",), name="text_read_once")],
                },
            ),
            migrations.CreateModel(
                name="Visit",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("arrived_at", models.DateTimeField()),
                    ("persons", models.PositiveSmallIntegerField(default=1)),
                    ("representatives", models.JSONField(blank=True, default=list)),
                    ("is_repeat", models.BooleanField(default=False)),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="bodies.body"
                        ),
                    ),
                    (
                        "clerk",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visits_received",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="disputes.dispute"
                        ),
                    ),
                    (
                        "window",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visits",
                            to="bodies.window",
                        ),
                    ),
                ],
                options={
                    "ordering": ["arrived_at", "pk"],
                    "indexes": [models.Index(fields=["body", "arrived_at"], name="visit_by_body")],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("persons__gte", 1)), name="visit_by_somebody")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Ticket",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("day", models.DateField()),
                    ("number", models.CharField(max_length=6)),
                    ("token", fengqiao.kernel.secrets.EncryptedTextField()),
                    ("token_index", models.CharField(max_length=64, unique=True)),
                    ("from_home", models.BooleanField(default=False)),
                    (
                        "priority",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("", "没有"),
                                ("elder", "老人"),
                                ("disabled", "残疾人"),
                                ("pregnant", "孕妇"),
                                ("child", "带小孩"),
                                ("appointment", "预约"),
                            ],
                            default="",
                            max_length=20,
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("booked", "已取号，还没到"),
                                ("waiting", "等候"),
                                ("transferred", "转窗口，等候"),
                                ("missed", "过号，等候"),
                                ("called", "叫到了"),
                                ("serving", "办理中"),
                                ("held", "挂起"),
                                ("served", "办完了"),
                                ("gone", "走了"),
                                ("unserved", "当天没有轮到"),
                            ],
                            default="waiting",
                            max_length=12,
                        ),
                    ),
                    ("arrived_at", models.DateTimeField()),
                    ("turn_at", models.DateTimeField()),
                    ("called_at", models.DateTimeField(blank=True, null=True)),
                    ("serving_at", models.DateTimeField(blank=True, null=True)),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ("misses", models.PositiveSmallIntegerField(default=0)),
                    ("calls", models.PositiveSmallIntegerField(default=0)),
                    ("promised_low", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("promised_high", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("version", models.PositiveIntegerField(default=0)),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="tickets", to="bodies.body"
                        ),
                    ),
                    (
                        "clerk",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tickets_called",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "line",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="tickets", to="intake.line"
                        ),
                    ),
                    (
                        "wanted",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tickets_sent",
                            to="bodies.window",
                        ),
                    ),
                    (
                        "window",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tickets",
                            to="bodies.window",
                        ),
                    ),
                    (
                        "visit",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ticket",
                            to="intake.visit",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["body", "day", "state", "turn_at"], name="tickets_in_order")],
                    "constraints": [
                        models.UniqueConstraint(fields=("body", "day", "number"), name="ticket_number_once_a_day"),
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ("called", "serving"))),
                            fields=("window",),
                            name="one_ticket_at_a_window",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("state__in", ("called", "serving"))),
                            fields=("clerk",),
                            name="one_ticket_with_a_clerk",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="TicketStep",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("at", models.DateTimeField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("booked", "已取号，还没到"),
                                ("waiting", "等候"),
                                ("transferred", "转窗口，等候"),
                                ("missed", "过号，等候"),
                                ("called", "叫到了"),
                                ("serving", "办理中"),
                                ("held", "挂起"),
                                ("served", "办完了"),
                                ("gone", "走了"),
                                ("unserved", "当天没有轮到"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("by", models.CharField(max_length=40)),
                    ("note", models.CharField(blank=True, max_length=200)),
                    (
                        "ticket",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="intake.ticket"
                        ),
                    ),
                    (
                        "window",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="bodies.window",
                        ),
                    ),
                ],
                options={
                    "ordering": ["at", "pk"],
                },
            ),
            migrations.CreateModel(
                name="Tie",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("related", "有关联，分开办"), ("repeat", "重复访，同一件事又来反映")],
                            max_length=10,
                        ),
                    ),
                    ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("undone_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ties",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="ties", to="disputes.dispute"
                        ),
                    ),
                    (
                        "earlier",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="tied", to="disputes.dispute"
                        ),
                    ),
                    (
                        "undone_by",
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
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("undone_at", None)),
                            fields=("dispute", "earlier"),
                            name="tied_once_at_a_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("dispute", models.F("earlier")), _negated=True), name="tied_to_another"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ConsentNotice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("version", models.CharField(max_length=20)),
                    ("text", models.TextField()),
                    ("digest", models.CharField(max_length=64)),
                    ("first_used_at", models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("version", "digest"), name="notice_text_kept_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Consent",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("digest", models.CharField(max_length=64)),
                    ("sensitive", models.BooleanField(default=False)),
                    (
                        "how",
                        models.CharField(choices=[("online", "网上勾选"), ("window", "窗口当面告知")], max_length=10),
                    ),
                    ("at", models.DateTimeField()),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="disputes.dispute"
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="disputes.party"
                        ),
                    ),
                    (
                        "notice",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="consents",
                            to="intake.consentnotice",
                        ),
                    ),
                ],
                options={
                    "ordering": ["at", "pk"],
                },
            ),
            migrations.CreateModel(
                name="Application",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("token_index", models.CharField(max_length=64, unique=True)),
                    ("session_index", models.CharField(db_index=True, max_length=64)),
                    ("answers_json", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("step", models.PositiveSmallIntegerField(default=1)),
                    ("saves", models.PositiveSmallIntegerField(default=0)),
                    ("sensitive", models.BooleanField(default=False)),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("expires_at", models.DateTimeField(db_index=True)),
                    (
                        "dispute",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="application",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "notice",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="applications",
                            to="intake.consentnotice",
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Correction",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "what",
                        models.CharField(
                            choices=[
                                ("name", "姓名"),
                                ("phone", "电话"),
                                ("home", "住址"),
                                ("id_number", "身份证号"),
                                ("facts", "事情经过"),
                                ("other", "别的：删除、收回同意等"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("words", fengqiao.kernel.secrets.EncryptedTextField()),
                    ("at", models.DateTimeField()),
                    (
                        "outcome",
                        models.CharField(
                            blank=True, choices=[("done", "照办了"), ("explained", "说明了为什么不改")], max_length=10
                        ),
                    ),
                    ("answer", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("answered_by", models.CharField(blank=True, max_length=80)),
                    ("answered_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="corrections",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="disputes.party"
                        ),
                    ),
                ],
                options={
                    "ordering": ["dispute_id", "at", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("answered_at", None)),
                            fields=("party",),
                            name="correction_one_open_a_party",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Device",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("kind", models.CharField(choices=[("kiosk", "取号机"), ("screen", "大屏")], max_length=10)),
                    ("name", models.CharField(max_length=60)),
                    ("token_index", models.CharField(max_length=64, unique=True)),
                    ("made_at", models.DateTimeField()),
                    ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="devices", to="bodies.body"
                        ),
                    ),
                ],
                options={
                    "ordering": ["revoked_at", "pk"],
                },
            ),
            migrations.CreateModel(
                name="Hall",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("changes", models.PositiveBigIntegerField(default=0)),
                    ("between", models.FloatField(default=0.5)),
                    (
                        "body",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="queue", to="bodies.body"
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="HeldFile",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.CharField(max_length=40, unique=True)),
                    ("name", models.CharField(max_length=120)),
                    ("media_type", models.CharField(max_length=40)),
                    ("size", models.PositiveIntegerField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("held_at", models.DateTimeField(default=django.utils.timezone.now)),
                    (
                        "application",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="files", to="intake.application"
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("application", "sha256"), name="held_once_an_application")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Imported",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("fingerprint", models.CharField(db_index=True, max_length=64)),
                    ("file_digest", models.CharField(max_length=64)),
                    ("row", models.PositiveIntegerField()),
                    (
                        "dispute",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="imported", to="disputes.dispute"
                        ),
                    ),
                ],
            ),
        ),
    ]
