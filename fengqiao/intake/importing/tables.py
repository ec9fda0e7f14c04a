"""Tables of disputes: which columns there are, and how each line becomes a row of the import."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from fengqiao import tables
from fengqiao.kernel.errors import FileRefused
from fengqiao.tables import Column, Holds

from .rows import Row, read_date

SCHEME = "table"

# The first name of a column is the one that docs/import.md gives.
LAYOUT = tables.Layout(
    columns={
        "ref": Column("编号", also=("id",)),
        "scheme": Column("来源系统", Holds.NAME, ("source",)),
        "name": Column("申请人", Holds.NAME, ("姓名", "来访人")),
        "phone": Column("电话", also=("手机",)),
        "id_number": Column("身份证号"),
        "home": Column("住址", Holds.PROSE),
        "opponent": Column("对方", Holds.NAME, ("被申请人",)),
        "title": Column("标题", Holds.NAME),
        "facts": Column("事由", Holds.PROSE, ("正文", "内容", "text")),
        "demand": Column("诉求", Holds.PROSE),
        "category": Column("类型", also=("纠纷类型",)),
        "place": Column("地方", also=("地区",)),
        "address": Column("地址", Holds.PROSE),
        "amount": Column("金额", also=("涉及金额",)),
        "channel": Column("渠道", Holds.NAME, ("来源",)),
        "date": Column("日期", Holds.DAY, ("反映日期",)),
    },
    needed=("ref", "name", "facts"),
)


def rows(path: Path) -> Iterator[Row]:
    """Every row of a CSV file or workbook. Raises FileRefused for what is no table of ours, and for a date that is none."""
    for number, values in tables.rows(path, LAYOUT):
        try:
            asked_on = read_date(values.get("date", ""))
        except ValueError:
            wrong = {"n": number, "date": values["date"][:20]}
            raise FileRefused(
                _("第 %(n)d 行的日期“%(date)s”不对，应写成 2026-03-08，不能在今天以后。") % wrong
            ) from None
        yield Row(number, values.pop("scheme", "") or SCHEME, values, asked_on)
