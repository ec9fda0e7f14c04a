import django.db.models.deletion
from django.db import migrations, models

from fengqiao.kernel.schema import Tables


class Migration(migrations.Migration):
    replaces = [("bodies", "0002_structure"), ("bodies", "0003_queue"), ("bodies", "0004_retired_windows")]

    initial = True

    dependencies = [
        ("places", "0001_initial"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Mechanism",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.SlugField(max_length=60, unique=True)),
                    ("name", models.CharField(max_length=60)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("mechanism", "运行机制"),
                                ("mode", "调解方式"),
                                ("tier", "调处层级"),
                                ("flow", "流程板块"),
                                ("platform", "平台"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("rank", models.PositiveSmallIntegerField(default=0)),
                    ("words", models.CharField(blank=True, max_length=300)),
                    ("is_slot", models.BooleanField(default=False)),
                ],
                options={
                    "ordering": ["kind", "rank", "pk"],
                },
            ),
            migrations.CreateModel(
                name="Strength",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.SlugField(max_length=60, unique=True)),
                    ("name", models.CharField(max_length=60)),
                    ("n", models.PositiveIntegerField()),
                    ("or_more", models.BooleanField(default=False)),
                ],
                options={
                    "verbose_name_plural": "strengths",
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="Target",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.SlugField(max_length=60, unique=True)),
                    ("name", models.CharField(max_length=60)),
                    ("how", models.CharField(choices=[("at_least", "不少于"), ("at_most", "不超过")], max_length=20)),
                    ("value", models.PositiveIntegerField()),
                    (
                        "unit",
                        models.CharField(
                            choices=[("percent", "%"), ("hour", "小时"), ("day", "天"), ("a_year", "次／年")],
                            max_length=20,
                        ),
                    ),
                    ("basis", models.CharField(blank=True, max_length=200)),
                ],
                options={
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="Body",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.SlugField(max_length=60, unique=True)),
                    ("name", models.CharField(max_length=120)),
                    ("short_name", models.CharField(max_length=20)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("county_center", "区中心"),
                                ("court_branch", "法院分中心"),
                                ("town_branch", "镇街分中心"),
                                ("area", "片区"),
                                ("sub_center", "专门中心"),
                                ("tribunal", "庭"),
                                ("room", "室"),
                                ("department", "部门"),
                                ("mdc_village", "村（社区）调委会"),
                                ("mdc_town", "镇街调委会"),
                                ("mdc_industry", "行业性、专业性调委会"),
                                ("mdc_park", "园区调委会"),
                                ("mdc_enterprise", "企业调委会"),
                                ("mdc_outpost", "派驻调解工作室"),
                                ("brand_studio", "品牌工作室"),
                                ("lawyer_studio", "律师调解工作室"),
                                ("court", "法院"),
                                ("social_org", "社会组织"),
                                ("commercial", "商事调解组织"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("coordinates", models.BooleanField(default=False)),
                    ("handles", models.BooleanField(default=True)),
                    (
                        "stationing",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("whole_unit", "整建制入驻"),
                                ("resident", "常驻"),
                                ("rotating", "轮驻"),
                                ("on_call", "随叫随驻"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("phone", models.CharField(blank=True, max_length=30)),
                    ("address", models.CharField(blank=True, max_length=200)),
                    ("source", models.CharField(blank=True, max_length=60)),
                    ("is_slot", models.BooleanField(default=False)),
                    ("is_active", models.BooleanField(default=True)),
                    (
                        "standing",
                        models.CharField(
                            choices=[
                                ("proposed", "待审核"),
                                ("live", "运行中"),
                                ("suspended", "暂停"),
                                ("ended", "已撤销"),
                            ],
                            default="live",
                            max_length=20,
                        ),
                    ),
                    ("founder", models.CharField(blank=True, max_length=120)),
                    ("elected_on", models.DateField(blank=True, null=True)),
                    ("proposed_by", models.CharField(blank=True, editable=False, max_length=40)),
                    ("version", models.PositiveIntegerField(default=1)),
                    ("founded_on", models.DateField(blank=True, null=True)),
                    ("ended_on", models.DateField(blank=True, null=True)),
                    ("former", models.JSONField(blank=True, default=list)),
                    (
                        "parent",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="children",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="bodies", to="places.region"
                        ),
                    ),
                    ("successors", models.ManyToManyField(blank=True, related_name="predecessors", to="bodies.body")),
                ],
                options={
                    "verbose_name_plural": "bodies",
                    "ordering": ["region__code", "pk"],
                },
            ),
            migrations.CreateModel(
                name="Member",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=40)),
                    ("is_woman", models.BooleanField(default=False)),
                    (
                        "post",
                        models.CharField(
                            choices=[("chair", "主任"), ("vice", "副主任"), ("member", "委员")],
                            default="member",
                            max_length=20,
                        ),
                    ),
                    ("since", models.DateField()),
                    ("until", models.DateField(blank=True, null=True)),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="bodies.body"
                        ),
                    ),
                ],
                options={
                    "ordering": ["pk"],
                },
            ),
            migrations.CreateModel(
                name="Window",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("key", models.SlugField(max_length=60, unique=True)),
                    ("name", models.CharField(max_length=60)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("general_window", "综合窗口"),
                                ("specialist_window", "专业窗口"),
                                ("service_window", "办事窗口"),
                                ("fallback_window", "综合调解窗口（兜底）"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("subject", models.CharField(blank=True, max_length=60)),
                    ("subjects", models.JSONField(blank=True, default=list)),
                    ("hours", models.CharField(blank=True, max_length=120)),
                    ("retired_on", models.DateField(blank=True, null=True)),
                    ("is_slot", models.BooleanField(default=False)),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="windows", to="bodies.body"
                        ),
                    ),
                ],
                options={
                    "ordering": ["body_id", "pk"],
                },
            ),
            migrations.CreateModel(
                name="WindowState",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("is_open", models.BooleanField(default=False)),
                    ("since", models.DateTimeField(null=True)),
                    ("subjects", models.JSONField(null=True)),
                    ("version", models.PositiveIntegerField(default=0)),
                    (
                        "serves",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="served_at",
                            to="bodies.body",
                        ),
                    ),
                    (
                        "window",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="standing", to="bodies.window"
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Series",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("name", models.CharField(max_length=30)),
                    ("year", models.PositiveSmallIntegerField()),
                    ("last", models.PositiveIntegerField(default=0)),
                    (
                        "body",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="series", to="bodies.body"
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("body", "name", "year"), name="bodies_one_series_a_year")
                    ],
                },
            ),
        ),
    ]
