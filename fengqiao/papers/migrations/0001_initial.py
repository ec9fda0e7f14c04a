import django.db.models.deletion
from django.db import migrations, models

from fengqiao.kernel.schema import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("disputes", "0001_initial"),
    ]

    operations = [
        Tables(
            migrations.CreateModel(
                name="Paper",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("01-application", "申请书"),
                                ("02-intake", "受理登记表"),
                                ("03-dispatch", "分流单"),
                                ("04-rights", "权利义务告知书"),
                                ("05-identity", "身份证明"),
                                ("06-authorisation", "授权委托书"),
                                ("07-investigation", "调查记录"),
                                ("08-evidence", "证据材料"),
                                ("09-minutes", "调解记录"),
                                ("10-agreement", "调解协议书"),
                                ("11-oral", "口头协议登记表"),
                                ("12-termination", "终止调解、不予受理文书"),
                                ("13-extension", "延期同意书"),
                                ("14-performance", "履行凭证"),
                                ("15-callback", "回访记录"),
                                ("16-confirmation", "司法确认材料"),
                                ("17-note", "卷宗情况说明"),
                                ("18-other", "其他材料"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("title", models.CharField(max_length=120)),
                    ("number", models.CharField(blank=True, max_length=60)),
                    ("origin", models.CharField(choices=[("typeset", "系统制作"), ("upload", "上传")], max_length=10)),
                    ("form", models.CharField(blank=True, max_length=40)),
                    ("media_type", models.CharField(max_length=60)),
                    ("sha256", models.CharField(db_index=True, max_length=64)),
                    ("size", models.PositiveIntegerField()),
                    ("pages", models.PositiveSmallIntegerField(default=1)),
                    ("added_by", models.CharField(max_length=80)),
                    ("added_at", models.DateTimeField()),
                    (
                        "dispute",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="disputes.dispute"
                        ),
                    ),
                    (
                        "party",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="papers",
                            to="disputes.party",
                        ),
                    ),
                ],
                options={
                    "ordering": ["kind", "added_at", "pk"],
                },
            ),
        ),
    ]
