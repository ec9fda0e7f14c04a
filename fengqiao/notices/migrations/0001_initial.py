import datetime

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import fengqiao.kernel.secrets
import fengqiao.notices.models.message
from fengqiao.kernel.schema import Tables


class Migration(migrations.Migration):
    replaces = [("notices", "0002_messages")]

    initial = True

    dependencies = [
        ("disputes", "0001_initial"),
        ("ledger", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Message",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "key",
                        models.CharField(default=fengqiao.notices.models.message.new_key, max_length=32, unique=True),
                    ),
                    ("channel", models.CharField(choices=[("sms", "短信"), ("mail", "邮件")], max_length=10)),
                    ("occasion", models.CharField(max_length=30)),
                    ("role", models.CharField(max_length=12)),
                    ("version", models.CharField(max_length=8)),
                    ("subject", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("words", fengqiao.kernel.secrets.EncryptedTextField()),
                    ("parts", models.PositiveSmallIntegerField(default=1)),
                    ("is_urgent", models.BooleanField(default=False)),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("waiting", "等着发"),
                                ("sending", "正在发"),
                                ("sent", "已发出"),
                                ("delivered", "已送达"),
                                ("failed", "没送到"),
                                ("given_up", "试够了，没发成"),
                                ("uncertain", "说不准发没发"),
                                ("unconnected", "未接通"),
                                ("cancelled", "不发了"),
                            ],
                            default="waiting",
                            max_length=12,
                        ),
                    ),
                    (
                        "why",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("quiet", "夜里不打扰，等到早上发"),
                                ("later", "没发成，过一会儿再试"),
                                ("refused", "对方不收"),
                                ("undelivered", "回执说没送到"),
                                ("no_address", "没有可用的号码或者邮箱"),
                                ("stopped", "本人不要了"),
                                ("past", "过了时候，再发没有意义"),
                                ("restricted", "这件事后来限知，不再发"),
                                ("silent", "发到一半断了，问不出结果"),
                                ("no_port", "还没有接通这个渠道"),
                                ("unreadable", "内容或者号码解不开，可能被改过"),
                                ("by_hand", "由管理员处理"),
                            ],
                            default="",
                            max_length=12,
                        ),
                    ),
                    ("said", models.CharField(blank=True, default="", max_length=200)),
                    ("tries", models.PositiveSmallIntegerField(default=0)),
                    ("asks", models.PositiveSmallIntegerField(default=0)),
                    ("next_at", models.DateTimeField()),
                    ("good_until", models.DateTimeField(blank=True, null=True)),
                    ("lease", models.CharField(blank=True, default="", max_length=32)),
                    ("lease_until", models.DateTimeField(blank=True, null=True)),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("sent_at", models.DateTimeField(blank=True, null=True)),
                    ("delivered_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "dispute",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="messages",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "entry",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="ledger.entry"
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="messages",
                            to="disputes.party",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="messages",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["-pk"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("state", "waiting")), fields=["next_at"], name="message_waiting"
                        ),
                        models.Index(
                            condition=models.Q(("state", "sending")), fields=["lease_until"], name="message_in_hand"
                        ),
                        models.Index(fields=["state", "-id"], name="message_by_state"),
                        models.Index(fields=["created_at"], name="message_by_day"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("party", None), ("user__isnull", False)),
                                models.Q(("party__isnull", False), ("user", None)),
                                _connector="OR",
                            ),
                            name="message_to_a_party_or_to_staff",
                        ),
                        models.UniqueConstraint(
                            fields=("entry", "party", "channel", "occasion"), name="message_party_told_once"
                        ),
                        models.UniqueConstraint(
                            fields=("entry", "user", "channel", "occasion"), name="message_staff_told_once"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Attempt",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("n", models.PositiveSmallIntegerField()),
                    ("begun_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ("to", models.CharField(max_length=80)),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("", "没有记下结果"),
                                ("accepted", "收下了"),
                                ("duplicate", "对方说收过了"),
                                ("refused", "不收"),
                                ("not_taken", "这一次没有收下"),
                                ("unknown", "断在半路"),
                                ("never_came", "问过了，对方没有收到"),
                                ("found", "问过了，对方收到了"),
                            ],
                            default="",
                            max_length=12,
                        ),
                    ),
                    ("said", models.CharField(blank=True, default="", max_length=200)),
                    (
                        "message",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="notices.message"
                        ),
                    ),
                ],
                options={
                    "ordering": ["n"],
                    "constraints": [
                        models.UniqueConstraint(fields=("message", "n"), name="message_attempt_numbered_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="MessageRules",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(default="district", max_length=20, unique=True)),
                    ("quiet_from", models.TimeField(default=datetime.time(20, 0))),
                    ("quiet_until", models.TimeField(default=datetime.time(8, 0))),
                ],
                options={
                    "verbose_name_plural": "message rules",
                },
            ),
            migrations.CreateModel(
                name="MessageText",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("occasion", models.CharField(max_length=30)),
                    ("role", models.CharField(max_length=12)),
                    ("language", models.CharField(max_length=10)),
                    ("urgent", models.BooleanField(default=False)),
                    ("subject", models.CharField(blank=True, max_length=80)),
                    ("words", models.CharField(blank=True, max_length=500)),
                ],
                options={
                    "ordering": ["occasion", "role", "language"],
                    "constraints": [
                        models.UniqueConstraint(fields=("occasion", "role", "language"), name="message_text_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Notice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("read_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "dispute",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="notices",
                            to="disputes.dispute",
                        ),
                    ),
                    (
                        "entry",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="ledger.entry"
                        ),
                    ),
                    (
                        "to",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="notices",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["-pk"],
                    "indexes": [
                        models.Index(condition=models.Q(("read_at", None)), fields=["to"], name="notice_unread"),
                        models.Index(fields=["to", "-id"], name="notice_inbox"),
                    ],
                    "constraints": [models.UniqueConstraint(fields=("entry", "to"), name="notice_told_once")],
                },
            ),
            migrations.CreateModel(
                name="Preference",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "sms",
                        models.CharField(
                            choices=[("none", "都不要"), ("urgent", "只要紧急的"), ("all", "每一条都要")],
                            default="urgent",
                            max_length=10,
                        ),
                    ),
                    (
                        "mail",
                        models.CharField(
                            choices=[("none", "都不要"), ("urgent", "只要紧急的"), ("all", "每一条都要")],
                            default="none",
                            max_length=10,
                        ),
                    ),
                    ("mail_address", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("language", models.CharField(default="zh-hans", max_length=10)),
                    (
                        "digest",
                        models.CharField(
                            choices=[("off", "不要"), ("daily", "每天一次")], default="off", max_length=10
                        ),
                    ),
                    ("digest_at", models.TimeField(default=datetime.time(8, 30))),
                    ("digest_on", models.DateField(blank=True, null=True)),
                    (
                        "user",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="message_preference",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Choice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("sms", models.BooleanField(default=True)),
                    ("mail", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("language", models.CharField(default="zh-hans", max_length=10)),
                    ("version", models.PositiveIntegerField(default=1)),
                    ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    (
                        "party",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="message_choice",
                            to="disputes.party",
                        ),
                    ),
                ],
            ),
        ),
    ]
