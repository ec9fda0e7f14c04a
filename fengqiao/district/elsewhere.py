"""What is not changed in the tables, because somebody else has to say yes to it or it has a history of its own."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from .present import Cells
from .schema import ACCOUNTS, BODIES, RULES, Table

OF_A_BODYS_LIFE = ("is_active", "ended_on", "successors")
OF_A_BODYS_NAME = ("name", "short_name", "is_slot")  # a slot is named once; whoever has a name keeps its history


def belongs_elsewhere(table: Table, before: Cells | None, after: Cells) -> Iterator[str]:
    """Why this row cannot be changed so, and where it can."""
    yield from OBJECTIONS[table.file](before, after) if table.file in OBJECTIONS else ()


def kept_columns(table: Table, row: Cells | None) -> tuple[str, ...]:
    """The columns of this row (none: a new one) that a form does not offer."""
    if table is not BODIES:
        return ()
    if row is None:
        return ("ended_on", "successors")
    return OF_A_BODYS_LIFE if row["is_slot"] else (*OF_A_BODYS_LIFE, *OF_A_BODYS_NAME)


def _accounts(before: Cells | None, after: Cells) -> Iterator[str]:
    if before is None:
        yield _("没有用户名 %(username)s 的账户。新账户在“账户与窗口”里建，这里只改已有的。") % {
            "username": after["username"]
        }
        return
    if before["role"] != after["role"]:
        yield _("角色不在表里改：到这个账户的页面上申请，由安全管理员决定。")
    if before["phone"] != after["phone"]:
        yield _("电话不在表里改，请到这个账户的页面上改。")
    if before["mediates"] != after["mediates"]:
        yield _("是不是调解员不在表里改：进出名册要在“名册”里审核。")


def _bodies(before: Cells | None, after: Cells) -> Iterator[str]:
    if before is None:
        if after["is_active"] != "0" or after["ended_on"] or after["successors"]:
            yield _("新机构的 is_active 应是 0：它要由另一个人在“机构”里审核，才开始运行。")
        return
    if any(before[name] != after[name] for name in OF_A_BODYS_LIFE):
        yield _("停用、撤销和承接在“机构”里办，不在表里改。")
    if not before["is_slot"] and any(before[name] != after[name] for name in OF_A_BODYS_NAME):
        yield _("改名在“机构”里办，原来的名称才留得下来。")


def _rules(before: Cells | None, after: Cells) -> Iterator[str]:
    if before is None or any(before.get(name, "") != cell for name, cell in after.items()):
        yield _("分流规则有版本，在“分流规则”里起草、试算、由另一个人发布，不在表里改。")


OBJECTIONS: dict[str, Callable[[Cells | None, Cells], Iterator[str]]] = {
    ACCOUNTS.file: _accounts, BODIES.file: _bodies, RULES.file: _rules,
}  # fmt: skip
