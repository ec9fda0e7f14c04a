"""What must hold between the rows of a district's folder: everything named exists, codes lie within codes, no circles."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from fengqiao.bodies.models import COMMITTEES, BodyKind
from fengqiao.disputes.catalogue import CATALOGUE, TIER
from fengqiao.disputes.warning_steps import ALL, LONGEST_AHEAD, MOST_TIMES, Told, When
from fengqiao.kernel.errors import Refused
from fengqiao.notices.texts import built_in, fit_for, general
from fengqiao.places.models import CODE_LENGTH, span_of

from . import head_file
from .addresses import check_addresses
from .csv_files import Row
from .problems import Findings
from .schema import (
    ACCOUNTS,
    ADDRESSES,
    BODIES,
    CATEGORIES,
    DUTIES,
    FORMER_NAMES,
    LIMITS,
    NOTICES,
    REGIONS,
    RULES,
    TABLES,
    TIERS,
    WARNINGS,
    WINDOWS,
    Table,
)  # fmt: skip

if TYPE_CHECKING:
    from .reading import District

COUNTY_RANK = 1


def check(district: "District", found: Findings) -> None:
    """Put everything that does not hold among the findings."""
    regions, bodies = district.by_key(REGIONS), district.by_key(BODIES)
    _regions(district, regions, found)
    _circles(REGIONS, regions, found)
    _bodies(district, bodies, regions, found)
    _circles(BODIES, bodies, found)
    _former_names(district, bodies, found)
    _windows(district, bodies, found)
    _categories(district, found)
    _limits(district, found)
    _warnings(district, found)
    _tiers(district, found)
    _rules(district, bodies, regions, found)
    _duties(district, bodies, regions, found)
    _accounts(district, bodies, found)
    _notices(district, found)
    check_addresses(district[ADDRESSES], regions, found)
    reviewer = district.head.roster.reviewer
    if reviewer and reviewer not in bodies:
        found.add(head_file.FILE, 0, _no_such(_("审核单位"), reviewer, BODIES))
    _sources(district, found)


# ── places ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _regions(district: "District", regions: Mapping[str, Row], found: Findings) -> None:
    head = district.head
    county = [row for row in regions.values() if (level := head.level(row["level"])) and level.rank == COUNTY_RANK]
    if len(county) != 1:
        found.add(REGIONS.file, 0, _("区（县）一级应正好有一行，现在有 %(n)d 行") % {"n": len(county)})
    for row in _whole(county):
        if row["code"] != head.code.ljust(12, "0") or row["name"] != head.name:
            told = _("与 %(file)s 的 code、name 不一致（%(code)s %(name)s）")
            told = told % {"file": head_file.FILE, "code": head.code, "name": head.name}
            found.add(REGIONS.file, row.line, told)
    for row in _whole(district[REGIONS]):
        _region(district, row, regions, found)


def _region(district: "District", row: Row, regions: Mapping[str, Row], found: Findings) -> None:
    level = district.head.level(row["level"])
    if level is None:
        told = _("层级“%(level)s”不在 %(file)s 的 levels 里") % {"level": row["level"], "file": head_file.FILE}
        found.add(REGIONS.file, row.line, told)
        return
    if not _fits(row["code"], level.width):
        told = _("代码 %(code)s 不合层级 %(level)s：应有 %(width)d 位有效，其余补 0")
        told = told % {"code": row["code"], "level": level.name, "width": level.width}
        found.add(REGIONS.file, row.line, told)
    if level.rank == COUNTY_RANK:
        if row["parent"]:
            found.add(REGIONS.file, row.line, _("区（县）没有上级，parent 应空着"))
        return
    parent = regions.get(row["parent"])
    if parent is None:
        found.add(REGIONS.file, row.line, _no_such(_("上级"), row["parent"], REGIONS))
        return
    above = district.head.level(parent["level"])
    if above and above.rank >= level.rank:
        found.add(REGIONS.file, row.line, _("上级 %(code)s 的层级不比它高") % {"code": parent["code"]})
    low, high = span_of(parent["code"])
    if not low <= row["code"] <= high:
        told = _("代码 %(code)s 不在上级 %(parent)s 之内") % {"code": row["code"], "parent": parent["code"]}
        found.add(REGIONS.file, row.line, told)


def _fits(code: str, width: int) -> bool:
    if width == CODE_LENGTH:
        return len(code) == CODE_LENGTH
    return len(code) == 12 and set(code[width:]) <= {"0"} and set(code[width - 3 : width]) != {"0"}


# ── bodies ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _bodies(district: "District", bodies: Mapping[str, Row], regions: Mapping[str, Row], found: Findings) -> None:
    center = bodies.get(district.head.center)
    if center is None or center["kind"] != BodyKind.COUNTY_CENTER or not center["coordinates"] or center["parent"]:
        told = _("%(file)s 的 center 应是这里的一行：kind 为 county_center，coordinates 为 1，parent 空着")
        found.add(BODIES.file, center.line if center else 0, told % {"file": head_file.FILE})
    coordinating: dict[str, Row] = {}
    numbering: dict[str, Row] = {}
    for row in _whole(district[BODIES]):
        _body(district, row, bodies, regions, found)
        if row["coordinates"]:
            told = _("%(key)s 已经是这个地方的统筹单位，一个地方只能有一个")
            _only_one(coordinating, row["region"], row, told, found)
        if row["kind"] in COMMITTEES:
            told = _("简称与调委会 %(key)s 的相同，协议编号会重")
            _only_one(numbering, row["short_name"], row, told, found)


def _body(
    district: "District", row: Row, bodies: Mapping[str, Row], regions: Mapping[str, Row], found: Findings
) -> None:
    if row["region"] not in regions:
        found.add(BODIES.file, row.line, _no_such(_("地方"), row["region"], REGIONS))
    if row["parent"] and row["parent"] not in bodies:
        found.add(BODIES.file, row.line, _no_such(_("上级"), row["parent"], BODIES))
    if not row["parent"] and row["key"] != district.head.center:
        found.add(BODIES.file, row.line, _("只有区中心可以没有上级"))
    if row["kind"] == BodyKind.COUNTY_CENTER and row["key"] != district.head.center:
        found.add(BODIES.file, row.line, _("区中心只能有一个：%(center)s") % {"center": district.head.center})
    if row["is_slot"] and (row["handles"] or row["coordinates"]):
        found.add(BODIES.file, row.line, _("待填的空位不能接分派，也不能统筹"))
    _history(row, bodies, found)


def _history(row: Row, bodies: Mapping[str, Row], found: Findings) -> None:
    if row["ended_on"] and row["is_active"]:
        found.add(BODIES.file, row.line, _("有 ended_on（最后一天）的机构，is_active 应是 0"))
    if row["successors"] and not row["ended_on"]:
        found.add(BODIES.file, row.line, _("有 successors（承接机构）的机构，应写 ended_on（最后一天）"))
    if row["founded_on"] and row["ended_on"] and row["ended_on"] < row["founded_on"]:
        found.add(BODIES.file, row.line, _("ended_on 早于 founded_on"))
    for key in row["successors"]:
        if key not in bodies or key == row["key"]:
            found.add(BODIES.file, row.line, _no_such(_("承接机构"), key, BODIES))


def _only_one(taken: dict[str, Row], key: str, row: Row, told: str, found: Findings) -> None:
    if key in taken:
        found.add(BODIES.file, row.line, told % {"key": taken[key]["key"]})
    taken.setdefault(key, row)


def _circles(table: Table, rows: Mapping[str, Row], found: Findings) -> None:
    """A row that comes back to itself by way of its parents."""
    for key, row in rows.items():
        seen, above = {key}, row["parent"]
        while above in rows and above not in seen:
            seen.add(above)
            above = rows[above]["parent"]
        if above == key:
            found.add(table.file, row.line, _("上级绕成了一圈：%(key)s 又回到自己") % {"key": key})


def _former_names(district: "District", bodies: Mapping[str, Row], found: Findings) -> None:
    for row in _whole(district[FORMER_NAMES]):
        if row["body"] not in bodies:
            found.add(FORMER_NAMES.file, row.line, _no_such(_("机构"), row["body"], BODIES))


def _windows(district: "District", bodies: Mapping[str, Row], found: Findings) -> None:
    for row in _whole(district[WINDOWS]):
        if row["body"] not in bodies:
            found.add(WINDOWS.file, row.line, _no_such(_("机构"), row["body"], BODIES))


# ── code tables ───────────────────────────────────────────────────────────────────────────────────────────────────


def _categories(district: "District", found: Findings) -> None:
    known = {key for key in CATALOGUE if _mediates(key)} | {row["key"] for row in district[LIMITS]}
    for row in _whole(district[CATEGORIES]):
        if row["limit_key"] not in known:
            found.add(CATEGORIES.file, row.line, _("没有期限“%(key)s”") % {"key": row["limit_key"]})
        _dates(CATEGORIES, row, found)


def _limits(district: "District", found: Findings) -> None:
    for row in _whole(district[LIMITS]):
        if row["key"] not in CATALOGUE and not _mediates(row["key"]) and not row["key"].startswith(TIER):
            told = _("不认识的期限“%(key)s”，应是期限表里的一个，或者 mediate.名称、tier.名称") % {"key": row["key"]}
            found.add(LIMITS.file, row.line, told)
        _dates(LIMITS, row, found)


def _warnings(district: "District", found: Findings) -> None:
    own = {row["key"] for row in district[LIMITS]}
    for row in _whole(district[WARNINGS]):
        if row["limit"] != ALL and row["limit"] not in CATALOGUE and row["limit"] not in own:
            found.add(WARNINGS.file, row.line, _("没有期限“%(key)s”") % {"key": row["limit"]})
        for why in _of_step(row):
            found.add(WARNINGS.file, row.line, why)


def _tiers(district: "District", found: Findings) -> None:
    own, ranks = {row["key"] for row in district[LIMITS]}, set[int]()
    for row in _whole(district[TIERS]):
        if not row["limit_key"].startswith(TIER) or (row["limit_key"] not in CATALOGUE and row["limit_key"] not in own):
            found.add(
                TIERS.file, row.line, _("没有层级的期限“%(key)s”，应是 tier. 开头的一个") % {"key": row["limit_key"]}
            )
        if row["rank"] in ranks:
            found.add(TIERS.file, row.line, _("已经有第 %(n)d 层了") % {"n": row["rank"]})
        ranks.add(row["rank"])


def _of_step(row: Row) -> Iterable[str]:
    if (row["when"] == When.AT) != (row["hours"] == 0):
        yield _("到期时（at）不写 hours，到期前、到期后要写")
    if row["hours"] > LONGEST_AHEAD:
        yield _("hours 最多 %(n)d（九十天）") % {"n": LONGEST_AHEAD}
    if row["times"] > (MOST_TIMES if row["when"] == When.AFTER else 1):
        yield _("times 只有到期后（after）才写，最多 %(n)d 次") % {"n": MOST_TIMES}
    for who in row["to"]:
        if who not in Told.values:
            told = _("“%(cell)s”不在可选值里：%(choices)s")
            yield told % {"cell": who, "choices": "、".join(Told.values)}
    if row["when"] != When.AT and not row["to"]:
        yield _("要写提醒谁（to）")


def _rules(district: "District", bodies: Mapping[str, Row], regions: Mapping[str, Row], found: Findings) -> None:
    categories = district.by_key(CATEGORIES)
    for row in _whole(district[RULES]):
        if row["category"] and row["category"] not in categories:
            found.add(RULES.file, row.line, _no_such(_("类型"), row["category"], CATEGORIES))
        if row["place"] and row["place"] not in regions:
            found.add(RULES.file, row.line, _no_such(_("地方"), row["place"], REGIONS))
        if bool(row["body"]) == bool(row["to"]):
            found.add(RULES.file, row.line, _("body（哪些机构）和 to（属地哪一级或者兜底）要写一样，只写一样"))
        for key in row["body"]:
            body = bodies.get(key)
            if body is None:
                found.add(RULES.file, row.line, _no_such(_("机构"), key, BODIES))
            elif not body["handles"]:
                found.add(RULES.file, row.line, _("%(key)s 不接分派") % {"key": key})


def _duties(district: "District", bodies: Mapping[str, Row], regions: Mapping[str, Row], found: Findings) -> None:
    categories = district.by_key(CATEGORIES)
    for row in _whole(district[DUTIES]):
        if row["category"] and row["category"] not in categories:
            found.add(DUTIES.file, row.line, _no_such(_("类型"), row["category"], CATEGORIES))
        if row["place"] and row["place"] not in regions:
            found.add(DUTIES.file, row.line, _no_such(_("地方"), row["place"], REGIONS))
        for key in (row["lead"], *row["cooperating"]):
            if key not in bodies:
                found.add(DUTIES.file, row.line, _no_such(_("机构"), key, BODIES))
            elif bodies[key]["is_slot"]:
                found.add(DUTIES.file, row.line, _("%(key)s 是待填的空位，不能负责") % {"key": key})
        _dates(DUTIES, row, found)


def _dates(table: Table, row: Row, found: Findings) -> None:
    first, last = row["effective_from"], row["effective_to"]
    if first and last and last < first:
        found.add(table.file, row.line, _("失效日期早于生效日期"))


def _mediates(key: str) -> bool:
    return key == "mediate" or key.startswith("mediate.")


# ── people and sources ────────────────────────────────────────────────────────────────────────────────────────────


def _accounts(district: "District", bodies: Mapping[str, Row], found: Findings) -> None:
    for row in _whole(district[ACCOUNTS]):
        for name in ("home", "station"):
            body = bodies.get(row[name])
            if row[name] and body is None:
                found.add(ACCOUNTS.file, row.line, _no_such(_("机构"), row[name], BODIES))
            elif body and body["is_slot"] and not row["is_slot"]:
                found.add(ACCOUNTS.file, row.line, _("%(key)s 是待填的空位，不能有人") % {"key": row[name]})


def _notices(district: "District", found: Findings) -> None:
    """Words for somebody who is told of such a thing, and nobody woken who does not work here."""
    spoken_to = {(occasion, general(role)) for occasion, role, _language in built_in()}
    for row in _whole(district[NOTICES]):
        if (row["occasion"], general(row["role"])) not in spoken_to:
            told = _("没有“%(occasion)s”对“%(role)s”说的消息")
            found.add(NOTICES.file, row.line, told % {"occasion": row["occasion"], "role": row["role"]})
        try:
            fit_for(row["role"], urgent=row["urgent"])
        except Refused as no:
            found.add(NOTICES.file, row.line, str(no))


def _sources(district: "District", found: Findings) -> None:
    known = district.head.sources
    for table in TABLES:
        if table.column("source"):
            for row in _unsourced(district[table], known):
                told = _("出处“%(source)s”不在 %(file)s 的 sources 里")
                found.add(table.file, row.line, told % {"source": row["source"], "file": head_file.FILE})


def _unsourced(rows: Iterable[Row], known: frozenset[str]) -> Iterable[Row]:
    """Rows whose source is none of the list: `S1 两庭` names S1."""
    return [row for row in _whole(rows) if re.split(r"[\s（(；]", row["source"], maxsplit=1)[0] not in known]


def _whole(rows: Iterable[Row]) -> list[Row]:
    """Rows to be judged: one with unreadable cells was blamed already, but others may still name it."""
    return [row for row in rows if row.whole]


def _no_such(what: str, key: str, table: Table) -> str:
    if not key:
        return _("缺少%(what)s") % {"what": what}
    return _("%(what)s“%(key)s”不在 %(file)s 里") % {"what": what, "key": key, "file": table.file}
