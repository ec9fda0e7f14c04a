"""A table of addresses into the library: read whole, judged whole, then all of it or nothing, row by row on the record."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.desk.events import AddressesImported
from fengqiao.desk.records import tell
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import User
from fengqiao.places.library import commands
from fengqiao.places.library.commands import reason
from fengqiao.places.library.keys import key_of
from fengqiao.places.library.parts import Parts, checked, parts_of
from fengqiao.places.models import Address, Region
from fengqiao.places.models.addresses import PARTS
from fengqiao.tables import Line, rows_of_upload
from fengqiao.tables.files import Sent

from .table import COLUMNS, LAYOUT, STATUSES, Names, degrees_in, names_in

MOST_CHANGES, MOST_TOLD = 2_000, 50
AT_ONCE = 500  # codes in one question to the database


@dataclass(frozen=True)
class Problem:
    """One row that cannot be taken."""

    line: int
    why: str


class TableRefused(Refused):
    """Nothing of the table was saved. Carries every problem that was found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(_("表格里有 %(n)d 处问题，什么都没有保存。改好以后整份再传。") % {"n": len(problems)})


@dataclass
class Done:
    """What became of the rows."""

    added: int = 0
    corrected: int = 0
    named: int = 0
    same: int = 0


@dataclass(frozen=True)
class Row:
    """One row: the address that it is about (none: a new one), and what it says of it."""

    line: int
    said: dict[str, str]
    address: Address | None
    region: Region | None
    parts: Parts
    names: Names = field(default_factory=list)


def take(upload: Sent, *, why: str, by: User) -> Done:
    """Bring the table into the library. Raises TableRefused with every row that cannot be taken, and FileRefused."""
    why, rows = reason(why), rows_of_upload(upload, LAYOUT)
    problems: list[Problem] = []
    judged = _judged(rows, problems)
    with transaction.atomic():
        done = _brought(judged, problems, why, by)
        if problems:
            raise TableRefused(sorted(problems, key=lambda one: one.line))
        tell(AddressesImported(**vars(done), why=why), by=by)
    return done


# ── judging ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _judged(told: list[Line], problems: list[Problem]) -> list[Row]:
    addresses = _addresses({said.get("code", "") for _line, said in told})
    regions = {one.code: one for one in Region.objects.filter(code__in={said.get("region", "") for _l, said in told})}
    found, first = [], dict[str, int]()
    for line, said in told:
        code = said.get("code", "")
        try:
            if code and code in first:
                raise Refused(_("编码 %(code)s 在第 %(line)d 行已经有了。") % {"code": code, "line": first[code]})
            first.setdefault(code, line)
            found.append(_row(line, said, addresses, regions))
        except Refused as no:
            problems.append(Problem(line, str(no)))
    return found


def _row(line: int, said: dict[str, str], addresses: dict[str, Address], regions: dict[str, Region]) -> Row:
    code, place = said.get("code", ""), said.get("region", "")
    address = addresses.get(code)
    if code and address is None:
        raise Refused(_("没有编码 %(code)s 的地址。新的地址，编码这一格空着。") % {"code": code[:30]})
    if address is None and place not in regions:
        raise Refused(_("地方代码“%(code)s”不在本区。") % {"code": place[:20]})
    if address and place and place != address.region.code:
        raise Refused(_("换了地方的是另一个地址：请另起一行新增，再到它的页面上并过去。"))
    if (status := said.get("status")) and STATUSES.get(status) != (address.status if address else "in_force"):
        raise Refused(_("状态不能在表里改，请到这个地址的页面上停用或者恢复。"))
    return Row(
        line,
        said,
        address,
        None if address else regions[place],
        _parts(said, address),
        names_in(said.get("aliases", "")),
    )


def _parts(said: dict[str, str], address: Address | None) -> Parts:
    """What the row says; of columns that the table does not have, what the address has already."""
    was = parts_of(address) if address else Parts()
    facts: dict[str, Any] = {name: said.get(name, getattr(was, name)) for name in PARTS}
    for name in ("longitude", "latitude"):
        facts[name] = degrees_in(said[name], name) if name in said else getattr(was, name)
    return checked(Parts(**facts))


def _addresses(codes: Iterable[str]) -> dict[str, Address]:
    wanted, found = sorted(codes), dict[str, Address]()
    for start in range(0, len(wanted), AT_ONCE):
        some = (
            Address.objects.with_places().prefetch_related("aliases").filter(code__in=wanted[start : start + AT_ONCE])
        )
        found |= {one.code: one for one in some}
    return found


# ── bringing in ───────────────────────────────────────────────────────────────────────────────────────────────────


def _brought(rows: list[Row], problems: list[Problem], why: str, by: User) -> Done:
    """Every row by the commands that people use; what they refuse is one more problem."""
    done = Done()
    for row in rows:
        if done.added + done.corrected + done.named > MOST_CHANGES:
            problems.append(Problem(row.line, _("一次最多改 %(n)d 处，请分几次导入。") % {"n": MOST_CHANGES}))
            break
        try:
            _one(row, done, why, by)
        except Refused as no:
            problems.append(Problem(row.line, str(no)))
    return done


def _one(row: Row, done: Done, why: str, by: User) -> None:
    address = row.address
    if address is None and row.region:
        address = commands.twin_of(row.region, row.parts.text)
    if address is None and row.region:
        address = commands.add(row.region, parts=row.parts, why=why, by=by, source=row.said.get("source", ""))
        done.added += 1
        _name(row, address, done, why, by)
        return
    if address is None:
        return
    before = (done.corrected, done.named)
    if _differs(row, address):
        commands.correct(address, parts=row.parts, why=why, seen=_version(row), by=by)
        done.corrected += 1
    _name(row, address, done, why, by)
    done.same += before == (done.corrected, done.named)


def _differs(row: Row, address: Address) -> bool:
    if row.address is None:  # a new row that the library has already: only where it is may be news
        return row.parts.longitude is not None and row.parts != parts_of(address)
    return row.parts != parts_of(address)


def _version(row: Row) -> int | None:
    """The version that the table was made of, so that an older table does not undo what was done since."""
    text = row.said.get("version", "")
    if text and not (text.isdecimal() and len(text) < 8):
        raise Refused(_("%(column)s“%(cell)s”不是数字。") % {"column": COLUMNS["version"], "cell": text[:20]})
    return int(text) if text and row.address else None


def _name(row: Row, address: Address, done: Done, why: str, by: User) -> None:
    there = {one.key for one in address.aliases.all() if one.is_active}
    for name, kind in row.names:
        if key_of(name) not in there:
            commands.add_alias(address, name=name, kind=kind, why=why, by=by)
            there.add(key_of(name))
            done.named += 1
