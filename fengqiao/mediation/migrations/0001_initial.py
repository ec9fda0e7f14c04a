import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fengqiao.kernel.schema import Tables


class Migration(migrations.Migration):
    replaces = [("mediation", "0002_roster")]

    initial = True

    dependencies = [
        ("disputes", "0001_initial"),
        ("papers", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Session",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("n", models.PositiveSmallIntegerField()),
                    ("scheduled_at", models.DateTimeField()),
                    ("place", models.CharField(max_length=120)),
                    (
                        "kind",
                        models.CharField(
                            choices=[("on_site", "当面"), ("home", "上门"), ("phone", "电话"), ("online", "线上")],
                            default="on_site",
                            max_length=10,
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[("planned", "已约"), ("held", "已谈"), ("cancelled", "已取消")],
                            default="planned",
                            max_length=10,
                        ),
                    ),
                    ("remark", models.CharField(blank=True, max_length=300)),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="disputes.dispute"
                        ),
                    ),
                    (
                        "mediator",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sessions",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["dispute_id", "n"],
                    "indexes": [
                        models.Index(fields=["mediator", "scheduled_at"], name="mediation_session_by_mediator")
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("dispute", "n"), name="mediation_session_numbered_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Minutes",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("version", models.PositiveSmallIntegerField(default=1)),
                    ("present", models.JSONField(default=list)),
                    ("others", models.CharField(blank=True, max_length=300)),
                    ("statements", models.TextField()),
                    ("facts", models.JSONField(default=list)),
                    (
                        "outcome",
                        models.CharField(
                            choices=[
                                ("agreed", "谈成了，准备写协议"),
                                ("partly", "部分谈拢，再约一次"),
                                ("not_yet", "没有谈拢，再约一次"),
                                ("facts", "查看核实，弄清了事实"),
                                ("absent", "有人没到，没谈成"),
                                ("failed", "谈不成，准备终止"),
                            ],
                            max_length=10,
                        ),
                    ),
                    ("words", models.CharField(blank=True, max_length=300)),
                    ("started_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField()),
                    ("recorder", models.CharField(max_length=40)),
                    ("correction", models.CharField(blank=True, max_length=300)),
                    ("written_at", models.DateTimeField()),
                    (
                        "paper",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.paper"
                        ),
                    ),
                    (
                        "written_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "session",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="mediation.session"
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "minutes",
                    "ordering": ["session_id", "version"],
                    "constraints": [
                        models.UniqueConstraint(fields=("session", "version"), name="mediation_minutes_version_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Recusal",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("grounds", models.JSONField(default=list)),
                    ("hints", models.JSONField(default=list)),
                    ("words", models.CharField(blank=True, max_length=300)),
                    ("consents", models.JSONField(default=list)),
                    ("decided_at", models.DateTimeField()),
                    (
                        "chosen_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="disputes.party",
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="recusals", to="disputes.dispute"
                        ),
                    ),
                    (
                        "mediator",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="recusals",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="RightsNotice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("told", models.JSONField(default=list)),
                    (
                        "how",
                        models.CharField(
                            choices=[("oral", "当面口头"), ("paper", "书面"), ("phone", "电话"), ("online", "线上")],
                            max_length=10,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rights_notices",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "paper",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.paper"
                        ),
                    ),
                    (
                        "told_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="Termination",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "reason",
                        models.CharField(
                            choices=[
                                ("refused", "一方当事人明确拒绝继续调解"),
                                ("apart", "双方分歧太大，谈不拢"),
                                ("unsigned", "一方当事人拒绝在协议上签名"),
                                ("time_up", "调解期限到了，还没有谈成"),
                                ("absent", "一方当事人几次不到场，也联系不上"),
                                ("unfit", "发现不属于人民调解的范围"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("words", models.CharField(blank=True, max_length=300)),
                    ("remedies", models.JSONField(default=list)),
                    ("decided_at", models.DateTimeField()),
                    (
                        "decided_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="terminations",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "paper",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="papers.paper"
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="Wish",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("rank", models.PositiveSmallIntegerField()),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("open", "等安排"),
                                ("granted", "安排上了"),
                                ("unmet", "没有安排上"),
                                ("replaced", "改选了"),
                            ],
                            default="open",
                            max_length=10,
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=300)),
                    ("made_at", models.DateTimeField()),
                    ("settled_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="wishes", to="disputes.dispute"
                        ),
                    ),
                    (
                        "entry",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="wishes", to="people.rosterentry"
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="wishes", to="disputes.party"
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "wishes",
                    "ordering": ["dispute_id", "party_id", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("status", "open")),
                            fields=("dispute", "party", "rank"),
                            name="mediation_one_wish_a_rank",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="WishAnswer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("accepts", models.BooleanField()),
                    ("remark", models.CharField(blank=True, max_length=300)),
                    ("at", models.DateTimeField()),
                    (
                        "party",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disputes.party"
                        ),
                    ),
                    (
                        "wish",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="mediation.wish"
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("wish", "party"), name="mediation_one_answer_to_a_wish")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Invitation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("n", models.PositiveSmallIntegerField()),
                    ("purpose", models.CharField(max_length=300)),
                    ("hints", models.JSONField(default=list)),
                    ("words", models.CharField(blank=True, max_length=300)),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("asked", "等答复"),
                                ("comes", "答应来"),
                                ("declined", "来不了"),
                                ("cancelled", "不请了"),
                            ],
                            default="asked",
                            max_length=10,
                        ),
                    ),
                    ("remark", models.CharField(blank=True, max_length=300)),
                    ("invited_at", models.DateTimeField()),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="invitations",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "entry",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="invitations",
                            to="people.rosterentry",
                        ),
                    ),
                    (
                        "invited_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
                options={
                    "ordering": ["dispute_id", "n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("dispute", "n"), name="mediation_invitation_numbered_once")
                    ],
                },
            ),
        ),
    ]
