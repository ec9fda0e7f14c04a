"""What the demonstration tells whoever starts it, in Chinese and English: who can sign in, and what residents hold."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from fengqiao.people.models import Role

from .building import Resident
from .hall import Door

# The terminal speaks both languages at once, whatever the installation's own is.
SEES = {
    Role.CLERK: "登记来访 · registers visitors",
    Role.DISPATCHER: "按到期排的工作台 · worklist by due time",
    Role.MEDIATOR: "手上的案件和下一场 · own cases, next meeting",
    Role.MANAGER: "本单位的全部纠纷 · everything of the body",
    Role.LEADER: "全区超期的纠纷 · what is late in the county",
    Role.ADMIN: "机构与账号 · bodies and accounts",
    Role.SECURITY: "账号安全与角色 · locks, second factors, roles",
    Role.AUDITOR: "核对与日志 · verification and logs",
}
HEAD = ("账号 username", "密码 password", "谁 who", "先看到 sees first")


def table(accounts: Sequence[Mapping[str, str]], residents: Sequence[Resident], doors: Sequence[Door]) -> str:
    """The lines to print; nothing where there is no demonstration."""
    if not accounts:
        return ""
    rows = [
        (one["username"], one["password"], f"{one['name']}　{one['post']}", SEES[Role(one["role"])]) for one in accounts
    ]
    lines = ["演示账号 · demo accounts", "", *_columns([HEAD, *rows])]
    if residents:
        lines += ["", "群众查进度（编号＋密码，不用登录） · residents follow with code and PIN, no account needed", ""]
        head = ("编号 code", "密码 PIN", "谁 who", "哪件事 which dispute")
        lines += _columns([head, *((one.code, one.pin, one.name, f"{one.number} {one.title}") for one in residents)])
    if doors:
        lines += ["", "大厅今天开着（不用登录） · the hall is open today (no account needed)", ""]
        lines += _columns([(door.what, door.path) for door in (*doors, Door("手机取号 phone", reverse("queue_halls")))])
    return "\n".join(f"  {line}".rstrip() for line in lines)


def _columns(rows: Iterable[Sequence[str]]) -> list[str]:
    rows = list(rows)
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True)) for row in rows]


def _width(text: str) -> int:
    """Cells on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
