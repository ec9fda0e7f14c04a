"""The database itself refuses to change or delete a published version of the rules, and what was decided by it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fengqiao.kernel.schema import Own, Tables

ROWS = ["routing_routingdecision", "routing_refusal"]
WHY = "what was published or decided is not rewritten"

SQLITE = [
    f"""CREATE TRIGGER routing_rulebook_no_rewrite BEFORE UPDATE ON routing_rulebook WHEN OLD.version IS NOT NULL
        BEGIN SELECT RAISE(ABORT, '{WHY}'); END""",
    *(
        f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{WHY}'); END"""
        for table in ROWS
    ),
    *(
        f"""CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{WHY}'); END"""
        for table in ["routing_rulebook", *ROWS]
    ),
]
POSTGRES = [
    f"""CREATE OR REPLACE FUNCTION routing_not_rewritten() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_TABLE_NAME = 'routing_rulebook' AND TG_OP = 'UPDATE' THEN
            IF to_jsonb(OLD) -> 'version' = 'null'::jsonb THEN RETURN NEW; END IF;
          END IF;
          RAISE EXCEPTION '{WHY}';
        END $$""",
    *(
        f"""CREATE TRIGGER {table}_not_rewritten BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION routing_not_rewritten()"""
        for table in ["routing_rulebook", *ROWS]
    ),
]


class Migration(migrations.Migration):
    replaces = [
        ("routing", "0002_structure"),
        ("routing", "0003_rule_books"),
        ("routing", "0004_carried_over"),
        ("routing", "0005_published_books"),
        ("routing", "0006_grading"),
    ]

    initial = True

    dependencies = [
        ("bodies", "0001_initial"),
        ("disputes", "0001_initial"),
        ("papers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="GradeBook",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("version", models.PositiveIntegerField(unique=True)),
                    ("lines", models.JSONField(default=list)),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "ordering": ["version"],
                },
            ),
            migrations.CreateModel(
                name="Duty",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("item", models.SlugField(max_length=60, unique=True)),
                    ("name", models.CharField(max_length=120)),
                    ("place_code", models.CharField(blank=True, max_length=15)),
                    ("town_duty", models.CharField(blank=True, max_length=300)),
                    ("basis", models.CharField(blank=True, max_length=200)),
                    ("effective_from", models.DateField(blank=True, null=True)),
                    ("effective_to", models.DateField(blank=True, null=True)),
                    (
                        "category",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="duties",
                            to="disputes.category",
                        ),
                    ),
                    ("cooperating", models.ManyToManyField(blank=True, related_name="helps_with", to="bodies.body")),
                    (
                        "lead",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="bodies.body"
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "duties",
                    "ordering": ["item"],
                },
            ),
            migrations.CreateModel(
                name="Grading",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("version", models.PositiveIntegerField()),
                    ("facts", models.JSONField()),
                    ("proposal", models.CharField(blank=True, max_length=10)),
                    ("lines", models.JSONField(default=list)),
                    ("reason", models.CharField(max_length=500)),
                    (
                        "level",
                        models.CharField(
                            choices=[("general", "一般"), ("complex", "复杂"), ("major", "重大疑难")], max_length=10
                        ),
                    ),
                    ("is_followed", models.BooleanField()),
                    ("why", models.CharField(blank=True, max_length=300)),
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
                            on_delete=django.db.models.deletion.PROTECT, related_name="gradings", to="disputes.dispute"
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="HandOver",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("arbitration", "仲裁机构"),
                                ("court", "人民法院"),
                                ("administrative", "行政机关"),
                                ("police", "公安机关"),
                                ("other", "其他"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("to_name", models.CharField(max_length=120)),
                    ("reason", models.CharField(max_length=300)),
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
                            related_name="hand_overs",
                            to="disputes.dispute",
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="Refusal",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("version", models.PositiveIntegerField()),
                    ("cites", models.CharField(max_length=70)),
                    ("cited", models.CharField(max_length=300)),
                    ("reason", models.CharField(max_length=300)),
                    ("refused_at", models.DateTimeField()),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bodies.body"
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="refusals", to="disputes.dispute"
                        ),
                    ),
                    (
                        "refused_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "sent_to",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bodies.body"
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="Rejection",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "reason",
                        models.CharField(
                            choices=[
                                ("reserved", "法律规定由专门机关管辖，或者禁止用调解解决"),
                                ("taken", "法院、公安机关或者其他部门已经受理或者解决"),
                                ("unwilling", "一方当事人明确拒绝调解"),
                                ("not_civil", "不属于民间纠纷"),
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
                            related_name="rejections",
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
                name="RoutingDecision",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("version", models.PositiveIntegerField()),
                    ("facts", models.JSONField()),
                    ("proposal", models.JSONField()),
                    ("reason", models.CharField(max_length=500)),
                    ("runner_up", models.CharField(blank=True, max_length=300)),
                    ("is_followed", models.BooleanField()),
                    ("why", models.CharField(blank=True, max_length=300)),
                    ("decided_at", models.DateTimeField()),
                    (
                        "body",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="bodies.body",
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
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="routing_decisions",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "sent_to",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="bodies.body"
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="RuleBook",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("version", models.PositiveIntegerField(blank=True, null=True, unique=True)),
                    ("rules", models.JSONField(default=list)),
                    ("note", models.CharField(blank=True, max_length=200)),
                    ("edition", models.PositiveIntegerField(default=1)),
                    ("writers", models.JSONField(default=list)),
                    ("written_at", models.DateTimeField()),
                    ("published_at", models.DateTimeField(blank=True, null=True)),
                    ("is_dropped", models.BooleanField(default=False)),
                    (
                        "published_by",
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
                    "ordering": ["pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("is_dropped", False), ("version", None)),
                            fields=("is_dropped",),
                            name="routing_one_draft",
                        )
                    ],
                },
            ),
        ),
        Own(sqlite=SQLITE, postgresql=POSTGRES),
    ]
