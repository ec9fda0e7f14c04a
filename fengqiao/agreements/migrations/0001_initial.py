import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import fengqiao.kernel.secrets
from fengqiao.kernel.schema import Tables


class Migration(migrations.Migration):
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
                name="Template",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.SlugField(max_length=40)),
                    ("version", models.PositiveSmallIntegerField(default=1)),
                    ("name", models.CharField(max_length=40)),
                    ("category_codes", models.JSONField(default=list)),
                    ("issues", models.TextField(blank=True)),
                    ("responsibility", models.TextField(blank=True)),
                    ("clauses", models.JSONField(default=list)),
                    ("terms", models.JSONField(default=list)),
                    ("manner", models.TextField(blank=True)),
                    ("paper_only", models.BooleanField(default=False)),
                    ("is_active", models.BooleanField(default=True)),
                ],
                options={
                    "ordering": ["key", "version"],
                    "constraints": [
                        models.UniqueConstraint(fields=("key", "version"), name="agreements_one_template_a_version"),
                        models.UniqueConstraint(
                            condition=models.Q(("is_active", True)),
                            fields=("key",),
                            name="agreements_one_active_template",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Agreement",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("draft", models.PositiveSmallIntegerField()),
                    ("edition", models.PositiveSmallIntegerField(default=1)),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("draft", "拟稿中"),
                                ("circulated", "等签名"),
                                ("withdrawn", "已收回"),
                                ("in_force", "已生效"),
                                ("oral", "口头协议，已生效"),
                                ("void", "已作废"),
                            ],
                            default="draft",
                            max_length=10,
                        ),
                    ),
                    ("facts", models.TextField(blank=True)),
                    ("issues", models.TextField(blank=True)),
                    ("responsibility", models.TextField(blank=True)),
                    ("clauses", models.JSONField(default=list)),
                    ("terms", models.JSONField(default=list)),
                    ("accounts", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("manner", models.TextField(blank=True)),
                    ("place", models.CharField(blank=True, max_length=100)),
                    ("performed", models.CharField(blank=True, max_length=200)),
                    ("copies", models.PositiveSmallIntegerField(default=3)),
                    ("paper_only", models.BooleanField(default=False)),
                    ("people", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("text_sha256", models.CharField(blank=True, max_length=64)),
                    ("check_code", models.CharField(blank=True, max_length=14, null=True, unique=True)),
                    ("number", models.CharField(blank=True, max_length=60, null=True, unique=True)),
                    ("drafted_at", models.DateTimeField()),
                    ("circulated_at", models.DateTimeField(blank=True, null=True)),
                    ("effective_at", models.DateTimeField(blank=True, null=True)),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ("ended_by", models.CharField(blank=True, max_length=80)),
                    ("ended_why", models.TextField(blank=True)),
                    (
                        "committee",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="bodies.body"
                        ),
                    ),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="agreements",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "draft_paper",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="papers.paper",
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
                        "scan",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="papers.paper",
                        ),
                    ),
                    (
                        "template",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="agreements",
                            to="agreements.template",
                        ),
                    ),
                ],
                options={
                    "ordering": ["dispute_id", "draft"],
                    "constraints": [
                        models.UniqueConstraint(fields=("dispute", "draft"), name="agreements_drafts_are_numbered"),
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ["draft", "circulated"])),
                            fields=("dispute",),
                            name="agreements_one_open_draft",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Signature",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "how",
                        models.CharField(
                            choices=[("phone", "手机上签"), ("desk", "屏幕上签"), ("paper", "纸上签")], max_length=10
                        ),
                    ),
                    ("digest", models.CharField(max_length=64)),
                    ("image", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("strokes", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("statements", models.JSONField(default=list)),
                    ("read_clauses", models.JSONField(default=list)),
                    ("identity", models.CharField(blank=True, max_length=20)),
                    ("at", models.DateTimeField()),
                    ("signed_on", models.DateField()),
                    ("recorded_by", models.CharField(max_length=80)),
                    ("ip_hash", models.CharField(blank=True, max_length=64)),
                    ("user_agent", models.CharField(blank=True, max_length=200)),
                    (
                        "agreement",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="signatures",
                            to="agreements.agreement",
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="signatures",
                            to="disputes.party",
                        ),
                    ),
                    (
                        "scan",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="papers.paper",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="signatures",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["agreement_id", "pk"],
                    "constraints": [
                        models.UniqueConstraint(fields=("agreement", "party"), name="agreements_a_party_signs_once"),
                        models.UniqueConstraint(fields=("agreement", "user"), name="agreements_a_mediator_signs_once"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("party__isnull", False), ("user__isnull", True)),
                                models.Q(("party__isnull", True), ("user__isnull", False)),
                                _connector="OR",
                            ),
                            name="agreements_one_signer",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SigningLink",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("token", fengqiao.kernel.secrets.EncryptedTextField()),
                    ("token_index", models.CharField(max_length=64, unique=True)),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("expires_at", models.DateTimeField()),
                    ("failures", models.PositiveSmallIntegerField(default=0)),
                    ("used_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "agreement",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="links", to="agreements.agreement"
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="signing_links",
                            to="disputes.party",
                        ),
                    ),
                ],
                options={
                    "ordering": ["agreement_id", "pk"],
                },
            ),
        ),
    ]
