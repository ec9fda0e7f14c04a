"""The database itself refuses to rewrite who looked at what."""

import secrets

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import fengqiao.kernel.secrets
from fengqiao.kernel.schema import Own, Tables

SQLITE = [
    """CREATE TRIGGER people_access_no_update BEFORE UPDATE ON people_access
        BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END""",
    # Six months at least: 网络安全法 21(3).
    """CREATE TRIGGER people_access_no_delete BEFORE DELETE ON people_access WHEN OLD.at > datetime('now', '-183 days')
        BEGIN SELECT RAISE(ABORT, 'the access log is kept for six months'); END""",
]
POSTGRES = [
    """CREATE OR REPLACE FUNCTION people_access_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '183 days' THEN RETURN OLD; END IF;
          RAISE EXCEPTION 'the access log is append-only and kept for six months';
        END $$""",
    """CREATE TRIGGER people_access_append_only BEFORE UPDATE OR DELETE ON people_access
        FOR EACH ROW EXECUTE FUNCTION people_access_append_only()""",
]


class Migration(migrations.Migration):
    replaces = [
        ("people", "0002_structure"),
        ("people", "0003_sign_in"),
        ("people", "0004_queue"),
        ("people", "0005_roster"),
        ("people", "0006_account_version"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("bodies", "0001_initial"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="User",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("password", models.CharField(max_length=128, verbose_name="password")),
                    ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                    (
                        "is_superuser",
                        models.BooleanField(
                            default=False,
                            help_text="Designates that this user has all permissions without explicitly assigning them.",
                            verbose_name="superuser status",
                        ),
                    ),
                    (
                        "username",
                        models.CharField(
                            error_messages={"unique": "A user with that username already exists."},
                            help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                            max_length=150,
                            unique=True,
                            validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                            verbose_name="username",
                        ),
                    ),
                    ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                    ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                    ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                    (
                        "is_staff",
                        models.BooleanField(
                            default=False,
                            help_text="Designates whether the user can log into this admin site.",
                            verbose_name="staff status",
                        ),
                    ),
                    (
                        "is_active",
                        models.BooleanField(
                            default=True,
                            help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                            verbose_name="active",
                        ),
                    ),
                    (
                        "date_joined",
                        models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                    ),
                    ("name", models.CharField(blank=True, max_length=40)),
                    (
                        "role",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("clerk", "窗口人员"),
                                ("dispatcher", "分流员"),
                                ("mediator", "调解员"),
                                ("manager", "负责人"),
                                ("leader", "领导"),
                                ("admin", "系统管理员"),
                                ("security", "安全管理员"),
                                ("auditor", "审计管理员"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("title", models.CharField(blank=True, max_length=40)),
                    ("phone", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("mediates", models.BooleanField(default=False)),
                    ("is_slot", models.BooleanField(default=False)),
                    ("must_change_password", models.BooleanField(default=False)),
                    ("password_set_at", models.DateTimeField(blank=True, null=True)),
                    ("version", models.PositiveIntegerField(default=1)),
                    (
                        "groups",
                        models.ManyToManyField(
                            blank=True,
                            help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                            related_name="user_set",
                            related_query_name="user",
                            to="auth.group",
                            verbose_name="groups",
                        ),
                    ),
                    (
                        "home_body",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="members",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "station_body",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="stationed",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "user_permissions",
                        models.ManyToManyField(
                            blank=True,
                            help_text="Specific permissions for this user.",
                            related_name="user_set",
                            related_query_name="user",
                            to="auth.permission",
                            verbose_name="user permissions",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "user",
                    "verbose_name_plural": "users",
                    "abstract": False,
                },
                managers=[
                    ("objects", django.contrib.auth.models.UserManager()),
                ],
            ),
            migrations.CreateModel(
                name="AuthenticatorApp",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("secret", fengqiao.kernel.secrets.EncryptedTextField()),
                    ("last_step", models.BigIntegerField(default=0)),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("used_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "user",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE, related_name="app", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Guard",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("kind", models.CharField(max_length=12)),
                    ("index", models.CharField(max_length=32)),
                    ("failures", models.PositiveIntegerField(default=0)),
                    ("since", models.DateTimeField(default=django.utils.timezone.now)),
                    ("locked_until", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "constraints": [models.UniqueConstraint(fields=("kind", "index"), name="people_one_guard_each")],
                },
            ),
            migrations.CreateModel(
                name="Passkey",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=40)),
                    ("credential", models.CharField(max_length=1400, unique=True)),
                    ("public_key", models.TextField()),
                    ("sign_count", models.BigIntegerField(default=0)),
                    ("verifies_person", models.BooleanField(default=False)),
                    ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("used_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="passkeys",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="RecoveryCode",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("index", models.CharField(max_length=32, unique=True)),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="recovery_codes",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="RosterEntry",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=40)),
                    ("kinds", models.JSONField(default=list)),
                    ("title", models.CharField(blank=True, max_length=80)),
                    ("grade", models.CharField(blank=True, max_length=20)),
                    ("specialities", models.JSONField(default=list)),
                    ("languages", models.JSONField(default=list)),
                    ("areas", models.JSONField(default=list)),
                    ("days", models.JSONField(default=list)),
                    ("hours_from", models.TimeField(blank=True, null=True)),
                    ("hours_to", models.TimeField(blank=True, null=True)),
                    ("on_call", models.BooleanField(default=False)),
                    ("introduction", models.CharField(blank=True, max_length=500)),
                    ("photo", models.CharField(blank=True, max_length=64)),
                    ("is_shown", models.BooleanField(default=False)),
                    ("born_on", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("phone", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("phone_index", models.CharField(blank=True, max_length=64)),
                    ("id_number", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("id_index", models.CharField(blank=True, db_index=True, max_length=64)),
                    ("ties", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    (
                        "standing",
                        models.CharField(
                            choices=[
                                ("applied", "待审核"),
                                ("returned", "退回补充"),
                                ("refused", "未通过"),
                                ("on", "在册"),
                                ("suspended", "暂停"),
                                ("removed", "已退出名册"),
                            ],
                            default="applied",
                            max_length=12,
                        ),
                    ),
                    (
                        "source",
                        models.CharField(
                            choices=[("review", "经审核"), ("district", "按辖区资料登记"), ("import", "批量导入")],
                            default="review",
                            max_length=10,
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=300)),
                    ("certificate", models.CharField(blank=True, max_length=60, null=True, unique=True)),
                    ("valid_from", models.DateField(blank=True, null=True)),
                    ("valid_to", models.DateField(blank=True, null=True)),
                    ("card_token", models.CharField(default=secrets.token_urlsafe, max_length=64, unique=True)),
                    ("warned_for", models.PositiveSmallIntegerField(blank=True, null=True)),
                    ("version", models.PositiveIntegerField(default=1)),
                    ("applied_at", models.DateTimeField(default=django.utils.timezone.now)),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="roster", to="bodies.body"
                        ),
                    ),
                    (
                        "user",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="roster_entry",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "roster entries",
                    "ordering": ["body_id", "pk"],
                    "indexes": [
                        models.Index(fields=["standing", "valid_to"], name="roster_by_standing"),
                        models.Index(fields=["body", "standing"], name="roster_by_body"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RosterRules",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("grades", models.JSONField(default=list)),
                    ("languages", models.JSONField(default=list)),
                    ("term_years", models.PositiveSmallIntegerField(default=3)),
                    (
                        "reviewer",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="bodies.body",
                        ),
                    ),
                ],
                options={
                    "verbose_name_plural": "roster rules",
                },
            ),
            migrations.CreateModel(
                name="Serving",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("ended_on", models.DateField(blank=True, null=True)),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="served_by", to="bodies.body"
                        ),
                    ),
                    (
                        "entry",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="servings",
                            to="people.rosterentry",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("entry", "body"), name="roster_serves_a_body_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Shift",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("whole_unit", "整建制入驻"),
                                ("resident", "常驻"),
                                ("rotating", "轮驻"),
                                ("on_call", "随叫随驻"),
                            ],
                            default="rotating",
                            max_length=20,
                        ),
                    ),
                    ("weekday", models.PositiveSmallIntegerField()),
                    ("starts", models.TimeField()),
                    ("ends", models.TimeField()),
                    ("first", models.DateField()),
                    ("last", models.DateField(blank=True, null=True)),
                    ("phone", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    (
                        "hall",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="shifts", to="bodies.body"
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="shifts",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "window",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="shifts",
                            to="bodies.window",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["hall", "weekday"], name="shift_by_hall")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends__gt", models.F("starts"))), name="shift_ends_after_it_starts"
                        ),
                        models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="shift_on_a_weekday"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Change",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("day", models.DateField()),
                    ("reason", models.CharField(blank=True, max_length=200)),
                    (
                        "instead",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="stand_ins",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "shift",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="people.shift"
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("shift", "day"), name="one_change_a_shift_and_day")
                    ],
                },
            ),
            migrations.CreateModel(
                name="CallOut",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("called_at", models.DateTimeField()),
                    ("reason", models.CharField(blank=True, max_length=200)),
                    ("answered_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="calls",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "shift",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="people.shift"
                        ),
                    ),
                ],
                options={
                    "ordering": ["-called_at", "-pk"],
                },
            ),
            migrations.CreateModel(
                name="SignIn",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.CharField(max_length=40, unique=True)),
                    (
                        "way",
                        models.CharField(
                            choices=[
                                ("password", "密码"),
                                ("app", "动态验证码"),
                                ("recovery", "备用码"),
                                ("passkey", "通行密钥"),
                                ("county", "统一登录"),
                                ("session", "会话"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("device", models.CharField(blank=True, max_length=60)),
                    ("address", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("since", models.DateTimeField(default=django.utils.timezone.now)),
                    ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="sign_ins",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Sitting",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("since", models.DateTimeField()),
                    ("until", models.DateTimeField(blank=True, null=True)),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sittings",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "window",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="sittings", to="bodies.window"
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["person", "since"], name="sitting_by_person")],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("until", None)), fields=("window",), name="one_sits_at_a_window"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("until", None)), fields=("person",), name="one_sits_in_one_place"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Access",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                    (
                        "way",
                        models.CharField(
                            choices=[
                                ("password", "密码"),
                                ("app", "动态验证码"),
                                ("recovery", "备用码"),
                                ("passkey", "通行密钥"),
                                ("county", "统一登录"),
                                ("session", "会话"),
                            ],
                            max_length=12,
                        ),
                    ),
                    (
                        "result",
                        models.CharField(
                            choices=[
                                ("entered", "登录成功"),
                                ("halfway", "通过第一步"),
                                ("wrong", "不对"),
                                ("unknown", "没有这个账户"),
                                ("closed", "账户已停用"),
                                ("locked", "账户锁着"),
                                ("crowded", "网络地址锁着"),
                                ("refused", "统一登录没有通过"),
                                ("left", "退出"),
                                ("idle", "久未操作，自动退出"),
                                ("expired", "到了最长时间，自动退出"),
                                ("ended", "被结束"),
                            ],
                            max_length=12,
                        ),
                    ),
                    ("address", fengqiao.kernel.secrets.EncryptedTextField(blank=True, default="")),
                    ("address_index", models.CharField(blank=True, db_index=True, max_length=32)),
                    ("device", models.CharField(blank=True, max_length=60)),
                    (
                        "user",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="accesses",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["user", "at"], name="people_acce_user_id_d71d16_idx")],
                },
            ),
            migrations.CreateModel(
                name="Attendance",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("day", models.DateField()),
                    (
                        "state",
                        models.CharField(
                            choices=[("present", "到岗"), ("late", "迟到"), ("absent", "缺岗")], max_length=10
                        ),
                    ),
                    ("remark", models.CharField(blank=True, max_length=200)),
                    ("noted_at", models.DateTimeField()),
                    (
                        "hall",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="bodies.body"
                        ),
                    ),
                    (
                        "noted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="attendance_noted",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "person",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="attendance",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "ordering": ["-day", "person_id"],
                    "constraints": [
                        models.UniqueConstraint(fields=("hall", "person", "day"), name="attendance_once_a_day")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Delegation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("first_day", models.DateField()),
                    ("last_day", models.DateField()),
                    ("with_restricted", models.BooleanField(default=False)),
                    ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "deputy",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="stands_in",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "principal",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="delegations",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["deputy", "last_day"], name="people_dele_deputy__7dddcf_idx")],
                },
            ),
            migrations.CreateModel(
                name="RoleChange",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "old",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("clerk", "窗口人员"),
                                ("dispatcher", "分流员"),
                                ("mediator", "调解员"),
                                ("manager", "负责人"),
                                ("leader", "领导"),
                                ("admin", "系统管理员"),
                                ("security", "安全管理员"),
                                ("auditor", "审计管理员"),
                            ],
                            max_length=20,
                        ),
                    ),
                    (
                        "new",
                        models.CharField(
                            choices=[
                                ("clerk", "窗口人员"),
                                ("dispatcher", "分流员"),
                                ("mediator", "调解员"),
                                ("manager", "负责人"),
                                ("leader", "领导"),
                                ("admin", "系统管理员"),
                                ("security", "安全管理员"),
                                ("auditor", "审计管理员"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("reason", models.CharField(max_length=200)),
                    ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ("decided_at", models.DateTimeField(blank=True, null=True)),
                    ("is_granted", models.BooleanField(blank=True, null=True)),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="role_changes",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("decided_at", None)),
                            fields=("user",),
                            name="people_one_open_role_change",
                        )
                    ],
                },
            ),
        ),
        Own(sqlite=SQLITE, postgresql=POSTGRES),
    ]
