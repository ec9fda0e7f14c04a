"""The search index is one table per engine, written and read by fengqiao.disputes.search."""

import datetime

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import fengqiao.kernel.secrets
from fengqiao.disputes.search import postgres, sqlite
from fengqiao.kernel.schema import Own, Tables


class Migration(migrations.Migration):
    replaces = [
        ("disputes", "0002_initial"),
        ("disputes", "0003_search"),
        ("disputes", "0004_obligation"),
        ("disputes", "0005_lists"),
        ("disputes", "0006_keys"),
        ("disputes", "0007_named"),
        ("disputes", "0008_limits_calendar_warnings"),
        ("disputes", "0009_told_steps"),
        ("disputes", "0010_consulted"),
        ("disputes", "0011_sounds"),
        ("disputes", "0012_tiers_and_joint"),
        ("disputes", "0013_counting_without_rows"),
    ]

    initial = True

    dependencies = [
        ("bodies", "0001_initial"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="CalendarYear",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("year", models.PositiveSmallIntegerField(unique=True)),
                    ("off", models.JSONField()),
                    ("work", models.JSONField()),
                    ("source", models.CharField(max_length=200)),
                    ("entered_at", models.DateTimeField()),
                    ("version", models.PositiveSmallIntegerField(default=1)),
                ],
                options={
                    "ordering": ["year"],
                },
            ),
            migrations.CreateModel(
                name="Category",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("code", models.CharField(max_length=10, unique=True)),
                    ("name", models.CharField(max_length=40)),
                    ("limit_key", models.CharField(default="mediate", max_length=40)),
                    ("crosswalk", models.JSONField(blank=True, default=dict)),
                    ("effective_from", models.DateField(blank=True, null=True)),
                    ("effective_to", models.DateField(blank=True, null=True)),
                ],
                options={
                    "verbose_name_plural": "categories",
                    "ordering": ["code"],
                },
            ),
            migrations.CreateModel(
                name="Dispute",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("number", models.CharField(max_length=30, unique=True)),
                    ("official_number", models.CharField(max_length=60)),
                    ("title", models.CharField(max_length=120)),
                    ("facts", models.TextField()),
                    ("demand", models.TextField(blank=True)),
                    (
                        "difficulty",
                        models.CharField(
                            choices=[("general", "一般"), ("complex", "复杂"), ("major", "重大疑难")],
                            default="general",
                            max_length=10,
                        ),
                    ),
                    (
                        "risk",
                        models.CharField(
                            choices=[("R0", "正常"), ("R1", "黄色"), ("R2", "橙色"), ("R3", "红色")],
                            default="R0",
                            max_length=2,
                        ),
                    ),
                    (
                        "channel",
                        models.CharField(
                            choices=[
                                ("window", "窗口来访"),
                                ("online", "网上反映"),
                                ("phone", "电话"),
                                ("letter", "来信"),
                                ("grid", "网格上报"),
                                ("village", "村社上报"),
                                ("12345", "12345 热线"),
                                ("110", "110 移交"),
                                ("court", "法院委派"),
                                ("petition", "信访移交"),
                                ("api", "系统对接"),
                                ("import", "批量导入"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("amount_fen", models.BigIntegerField(blank=True, null=True)),
                    ("is_restricted", models.BooleanField(default=False)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("registered", "待分流"),
                                ("routed", "待受理"),
                                ("accepted", "已受理"),
                                ("mediating", "调解中"),
                                ("suspended", "中止（鉴定）"),
                                ("signing", "等签名"),
                                ("agreed_oral", "口头协议已达成"),
                                ("agreed_written", "书面协议已生效"),
                                ("performing", "履行中"),
                                ("breached", "未按约履行"),
                                ("confirming", "司法确认中"),
                                ("confirmed", "已司法确认"),
                                ("enforcing", "强制执行中"),
                                ("performed", "已履行"),
                                ("rejected", "不予受理"),
                                ("failed", "调解不成"),
                                ("withdrawn", "已撤回"),
                                ("handed_over", "已移送"),
                                ("follow_up", "待回访归档"),
                                ("archived", "已归档"),
                                ("merged", "已并案"),
                            ],
                            default="registered",
                            editable=False,
                            max_length=20,
                        ),
                    ),
                    ("version", models.PositiveIntegerField(default=1)),
                    ("region_code", models.CharField(max_length=15)),
                    ("due_at", models.DateTimeField(blank=True, null=True)),
                    ("address", models.CharField(blank=True, max_length=200)),
                    ("claimed_at", models.DateTimeField()),
                    ("registered_at", models.DateTimeField()),
                    ("accepted_at", models.DateTimeField(blank=True, null=True)),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                    ("external_ref", models.CharField(blank=True, max_length=80, null=True, unique=True)),
                    (
                        "body",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="disputes",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "category",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="disputes",
                            to="disputes.category",
                        ),
                    ),
                    (
                        "first_body",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="received",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "mediator",
                        models.ForeignKey(
                            blank=True,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="mediations",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "merged_into",
                        models.ForeignKey(
                            blank=True,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="merged",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "place",
                        models.ForeignKey(
                            blank=True,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="disputes",
                            to="places.region",
                        ),
                    ),
                    (
                        "sender",
                        models.ForeignKey(
                            blank=True,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sent",
                            to="bodies.body",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=[
                                "body",
                                "state",
                                "due_at",
                                "mediator",
                                "first_body",
                                "region_code",
                                "is_restricted",
                                "id",
                            ],
                            name="dispute_worklist",
                        ),
                        models.Index(
                            fields=[
                                "risk",
                                "state",
                                "body",
                                "mediator",
                                "first_body",
                                "region_code",
                                "is_restricted",
                                "id",
                            ],
                            name="dispute_by_risk",
                        ),
                        models.Index(fields=["body", "due_at"], name="dispute_by_body_due"),
                        models.Index(fields=["body", "closed_at"], name="dispute_by_body_closed"),
                        models.Index(fields=["first_body", "state"], name="dispute_by_first_body_state"),
                        models.Index(fields=["mediator", "due_at"], name="dispute_by_mediator_due"),
                        models.Index(fields=["region_code", "due_at"], name="dispute_by_region"),
                        models.Index(fields=["due_at", "id"], name="dispute_by_due"),
                        models.Index(fields=["registered_at", "first_body", "state"], name="dispute_by_registration"),
                        models.Index(
                            fields=["accepted_at", "body", "state", "due_at", "closed_at"], name="dispute_by_acceptance"
                        ),
                        models.Index(fields=["place", "registered_at"], name="dispute_by_place"),
                        models.Index(
                            condition=models.Q(("merged_into__isnull", False)),
                            fields=["merged_into"],
                            name="dispute_by_merged_into",
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "state__in",
                                    [
                                        "registered",
                                        "routed",
                                        "accepted",
                                        "mediating",
                                        "suspended",
                                        "signing",
                                        "agreed_oral",
                                        "agreed_written",
                                        "performing",
                                        "breached",
                                        "confirming",
                                        "confirmed",
                                        "enforcing",
                                        "performed",
                                        "rejected",
                                        "failed",
                                        "withdrawn",
                                        "handed_over",
                                        "follow_up",
                                        "archived",
                                        "merged",
                                    ],
                                )
                            ),
                            name="dispute_state_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("state__in", ["mediating", "suspended", "signing"]), _negated=True),
                                ("mediator__isnull", False),
                                _connector="OR",
                            ),
                            name="dispute_under_mediation_has_mediator",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Consulted",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("since", models.DateTimeField(default=django.utils.timezone.now)),
                    ("until", models.DateTimeField(blank=True, null=True)),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="consulted_on",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="consulted", to="disputes.dispute"
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "consulted",
                    "ordering": ["since", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("until", None)),
                            fields=("dispute", "user"),
                            name="consulted_once_at_a_time",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Clock",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.CharField(max_length=40)),
                    ("is_main", models.BooleanField(default=True)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("registered", "待分流"),
                                ("routed", "待受理"),
                                ("accepted", "已受理"),
                                ("mediating", "调解中"),
                                ("suspended", "中止（鉴定）"),
                                ("signing", "等签名"),
                                ("agreed_oral", "口头协议已达成"),
                                ("agreed_written", "书面协议已生效"),
                                ("performing", "履行中"),
                                ("breached", "未按约履行"),
                                ("confirming", "司法确认中"),
                                ("confirmed", "已司法确认"),
                                ("enforcing", "强制执行中"),
                                ("performed", "已履行"),
                                ("rejected", "不予受理"),
                                ("failed", "调解不成"),
                                ("withdrawn", "已撤回"),
                                ("handed_over", "已移送"),
                                ("follow_up", "待回访归档"),
                                ("archived", "已归档"),
                                ("merged", "已并案"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("n", models.PositiveSmallIntegerField(null=True)),
                    ("unit", models.CharField(default="calendar_day", max_length=20)),
                    ("exclude_start_day", models.BooleanField(default=True)),
                    ("roll", models.BooleanField(default=False)),
                    ("basis", models.CharField(max_length=200)),
                    ("started_at", models.DateTimeField()),
                    ("due_at", models.DateTimeField()),
                    ("stopped_at", models.DateTimeField(null=True)),
                    ("is_provisional", models.BooleanField(default=False)),
                    ("warned_at", models.DateTimeField(null=True)),
                    ("missed_at", models.DateTimeField(null=True)),
                    ("told_step", models.IntegerField(null=True)),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="clocks", to="bodies.body"
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="clocks", to="disputes.dispute"
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("stopped_at", None)), fields=["due_at"], name="clock_running_by_due"
                        ),
                        models.Index(
                            condition=models.Q(("is_provisional", True), ("stopped_at", None)),
                            fields=["due_at"],
                            name="clock_provisional",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("stopped_at", None)),
                            fields=("dispute", "key"),
                            name="clock_one_of_a_key_runs",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("is_main", True), ("stopped_at", None)),
                            fields=("dispute",),
                            name="clock_one_main_runs",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Extension",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("days", models.PositiveSmallIntegerField()),
                    ("old_due_at", models.DateTimeField()),
                    ("new_due_at", models.DateTimeField()),
                    ("consent", models.CharField(max_length=200)),
                    ("reason", models.CharField(max_length=300)),
                    ("at", models.DateTimeField()),
                    (
                        "clock",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="disputes.clock"
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Assist",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reason", models.CharField(max_length=300)),
                    ("called_at", models.DateTimeField()),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="assists", to="bodies.body"
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="assists", to="disputes.dispute"
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("dispute", "body"), name="dispute_assisted_once_by_body")
                    ],
                },
            ),
            migrations.CreateModel(
                name="JointTask",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("n", models.PositiveSmallIntegerField()),
                    ("due_on", models.DateField()),
                    ("why", models.CharField(blank=True, max_length=300)),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("done", "办好了"),
                                ("partly", "办了一部分"),
                                ("cannot", "办不了"),
                                ("dropped", "不用办了"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("result", models.CharField(blank=True, max_length=1000)),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                    ("version", models.PositiveIntegerField(default=1)),
                    ("told_late_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "assist",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="task", to="disputes.assist"
                        ),
                    ),
                    (
                        "called_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="joint_tasks",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="joint_tasks",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["dispute_id", "n"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("closed_at", None)), fields=["due_on"], name="joint_task_open_by_due"
                        )
                    ],
                    "constraints": [models.UniqueConstraint(fields=("dispute", "n"), name="joint_task_numbered_once")],
                },
            ),
            migrations.CreateModel(
                name="LimitRule",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.CharField(max_length=40)),
                    ("n", models.PositiveSmallIntegerField()),
                    (
                        "unit",
                        models.CharField(
                            choices=[
                                ("hour", "hour"),
                                ("calendar_day", "calendar_day"),
                                ("working_day", "working_day"),
                                ("month", "month"),
                                ("year", "year"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("exclude_start_day", models.BooleanField(default=True)),
                    ("roll", models.BooleanField(default=False)),
                    ("max_extension_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("basis", models.CharField(max_length=200)),
                    ("effective_from", models.DateField(default=datetime.date(2000, 1, 1))),
                    ("effective_to", models.DateField(blank=True, null=True)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("key", "effective_from"), name="disputes_one_limit_a_date")
                    ],
                },
            ),
            migrations.CreateModel(
                name="NamedPerson",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("since", models.DateTimeField(default=django.utils.timezone.now)),
                    ("until", models.DateTimeField(blank=True, null=True)),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="named", to="disputes.dispute"
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="named_for",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["since", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("until", None)), fields=("dispute", "user"), name="named_once_at_a_time"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Party",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "role",
                        models.CharField(
                            choices=[("applicant", "申请人"), ("respondent", "被申请人"), ("third", "利害关系人")],
                            max_length=12,
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("person", "个人"), ("group", "多人"), ("organisation", "单位")],
                            default="person",
                            max_length=12,
                        ),
                    ),
                    ("name", models.CharField(max_length=80)),
                    ("sound_index", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                    ("sex", models.CharField(blank=True, max_length=2)),
                    ("born_on", models.DateField(blank=True, null=True)),
                    ("ethnicity", models.CharField(blank=True, max_length=20)),
                    ("occupation", models.CharField(blank=True, max_length=40)),
                    ("id_number", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("id_index", models.CharField(blank=True, db_index=True, max_length=64)),
                    ("phone", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("phone_index", models.CharField(blank=True, db_index=True, max_length=64)),
                    ("tail_index", models.CharField(blank=True, db_index=True, max_length=64)),
                    ("home", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("head_count", models.PositiveSmallIntegerField(default=1)),
                    ("representative", models.CharField(blank=True, max_length=80)),
                    ("agent", models.CharField(blank=True, max_length=80)),
                    ("needs", models.JSONField(blank=True, default=list)),
                    (
                        "willing",
                        models.CharField(
                            choices=[("unknown", "还没问"), ("yes", "愿意调解"), ("no", "不愿意调解")],
                            default="unknown",
                            max_length=10,
                        ),
                    ),
                    ("willing_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="parties", to="disputes.dispute"
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "parties",
                    "ordering": ["dispute_id", "role", "pk"],
                    "indexes": [models.Index(fields=["name"], name="party_by_name")],
                },
            ),
            migrations.CreateModel(
                name="Obligation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("source", models.CharField(max_length=40)),
                    ("n", models.PositiveSmallIntegerField()),
                    ("what", models.CharField(max_length=300)),
                    ("amount_fen", models.BigIntegerField(blank=True, null=True)),
                    ("method", models.CharField(blank=True, max_length=100)),
                    ("due_on", models.DateField()),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("due", "待履行"),
                                ("met", "已履行"),
                                ("breached", "未履行"),
                                ("waived", "已免除"),
                            ],
                            default="due",
                            max_length=10,
                        ),
                    ),
                    ("met_on", models.DateField(blank=True, null=True)),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="obligations",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "creditor",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="is_owed",
                            to="disputes.party",
                        ),
                    ),
                    (
                        "debtor",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="owes", to="disputes.party"
                        ),
                    ),
                ],
                options={
                    "ordering": ["dispute_id", "source", "n"],
                    "indexes": [
                        models.Index(condition=models.Q(("state", "due")), fields=["due_on"], name="obligation_due")
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("dispute", "source", "n"), name="obligation_numbered_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Pass",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("code", models.CharField(max_length=8, unique=True)),
                    ("pin_index", models.CharField(max_length=64)),
                    ("token", fengqiao.kernel.secrets.EncryptedTextField()),
                    ("token_index", models.CharField(max_length=64, unique=True)),
                    ("failures", models.PositiveSmallIntegerField(default=0)),
                    ("locked_until", models.DateTimeField(blank=True, null=True)),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    (
                        "party",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="access", to="disputes.party"
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "passes",
                },
            ),
            migrations.CreateModel(
                name="Pause",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("begun_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(null=True)),
                    ("reason", models.CharField(max_length=200)),
                    (
                        "clock",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="disputes.clock"
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("clock",),
                            name="clock_paused_once_at_a_time",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Recount",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("year", models.PositiveSmallIntegerField(null=True)),
                    ("key", models.CharField(blank=True, max_length=40)),
                    ("n", models.PositiveSmallIntegerField(null=True)),
                    ("unit", models.CharField(blank=True, max_length=20)),
                    ("exclude_start_day", models.BooleanField(default=True)),
                    ("roll", models.BooleanField(default=False)),
                    ("basis", models.CharField(blank=True, max_length=200)),
                    ("reason", models.CharField(max_length=200)),
                    ("ordered_by", models.CharField(max_length=40)),
                    ("ordered_at", models.DateTimeField()),
                    ("done_at", models.DateTimeField(null=True)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("key", ""), ("n", None), ("year__isnull", False)),
                                models.Q(("n__isnull", False), ("year", None), models.Q(("key", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="recount_of_a_year_or_a_limit",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Tier",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.SlugField(max_length=60, unique=True)),
                    ("name", models.CharField(max_length=60)),
                    ("rank", models.PositiveSmallIntegerField()),
                    (
                        "lead",
                        models.CharField(
                            choices=[
                                ("first", "首接单位"),
                                ("handler", "承办单位"),
                                ("superior", "上级统筹单位"),
                                ("centre", "区（县）中心"),
                                ("leader", "区（县）领导"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("limit_key", models.CharField(max_length=40)),
                    (
                        "difficulty",
                        models.CharField(
                            blank=True,
                            choices=[("general", "一般"), ("complex", "复杂"), ("major", "重大疑难")],
                            max_length=10,
                        ),
                    ),
                    ("words", models.CharField(blank=True, max_length=300)),
                    ("is_general", models.BooleanField(default=False)),
                ],
                options={
                    "ordering": ["rank", "pk"],
                },
            ),
            migrations.CreateModel(
                name="TierStay",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "came",
                        models.CharField(
                            choices=[
                                ("entered", "进入"),
                                ("raised", "升层"),
                                ("lapsed", "到时自动升层"),
                                ("lowered", "降层"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=300)),
                    ("entered_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "asked",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tiers_asked_to_lead",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "clock",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="tier_stay", to="disputes.clock"
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tier_stays",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "lead",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tiers_led",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "tier",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="stays", to="disputes.tier"
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)), fields=("dispute",), name="tier_one_at_a_time"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="WarningStep",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("limit", models.CharField(max_length=40)),
                    (
                        "when",
                        models.CharField(
                            choices=[("before", "到期前"), ("at", "到期时"), ("after", "到期后每隔")], max_length=10
                        ),
                    ),
                    ("hours", models.PositiveSmallIntegerField(default=0)),
                    ("times", models.PositiveSmallIntegerField(default=1)),
                    ("to", models.JSONField(default=list)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("limit", "when", "hours"), name="disputes_one_warning_a_step")
                    ],
                },
            ),
            migrations.CreateModel(
                name="AssistAnswer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("comes", models.BooleanField()),
                    ("words", models.CharField(blank=True, max_length=300)),
                    ("at", models.DateTimeField()),
                    (
                        "assist",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="reply", to="disputes.assist"
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Attendance",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("what", models.CharField(max_length=120)),
                    ("on", models.DateField()),
                    ("came", models.BooleanField()),
                    (
                        "assist",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="attendances",
                            to="disputes.assist",
                        ),
                    ),
                ],
                options={
                    "ordering": ["on", "pk"],
                },
            ),
        ),
        Own(sqlite=[sqlite.CREATE], postgresql=postgres.CREATE, undone=["DROP TABLE disputes_search"]),
    ]
