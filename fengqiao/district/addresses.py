"""addresses.csv of a district's folder: what must hold of its rows, and how they come into the library.

What is in the library already is left alone, but for a position or a name that the folder knows and it does not; what was
retired there stays retired.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused
from fengqiao.places.library import commands
from fengqiao.places.library.keying import rekey_all
from fengqiao.places.library.keys import key_of
from fengqiao.places.library.parts import Parts, checked, parts_of
from fengqiao.places.models import Address, AliasKind, Region
from fengqiao.places.models.addresses import PARTS

from .csv_files import Row
from .problems import Findings
from .schema import ADDRESSES, REGIONS

NAMES = {"former": AliasKind.FORMER, "spoken": AliasKind.SPOKEN}


def check_addresses(rows: Iterable[Row], regions: Mapping[str, Row], found: Findings) -> None:
    """Each stands in a named place below the county, can be an address, and is there once."""
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        if not row.whole:
            continue
        region = regions.get(row["region"])
        if region is None:
            told = _("地方“%(key)s”不在 %(file)s 里") % {"key": row["region"], "file": REGIONS.file}
            found.add(ADDRESSES.file, row.line, told)
        elif region["is_slot"] or not region["parent"]:
            told = _("%(code)s 是区县或者待填的空位，不能有地址") % {"code": row["region"]}
            found.add(ADDRESSES.file, row.line, told)
        try:
            key = (row["region"], key_of(_parts(row).text))
        except Refused as refused:
            found.add(ADDRESSES.file, row.line, str(refused))
            continue
        if key in first:
            found.add(ADDRESSES.file, row.line, _("与第 %(line)d 行是同一个地址") % {"line": first[key]})
        first.setdefault(key, row.line)


def names_of_regions() -> dict[int, str]:
    """What the regions that have addresses are called now."""
    return dict(Region.objects.filter(addresses__isnull=False).distinct().values_list("pk", "name"))


def load_addresses(rows: list[Row], *, before: Mapping[int, str], by: Any) -> tuple[int, int, int]:
    """How many were made, changed, left alone. `before`: what the regions were called before this load."""
    if before and names_of_regions() != before:
        rekey_all()
    codes = {row["region"] for row in rows}
    regions = Region.objects.select_related("parent__parent__parent").in_bulk(sorted(codes), field_name="code")
    there = {(one.region_id, key_of(one.text)): one for one in _all_in(regions.values())}
    counts = [0, 0, 0]
    for row in rows:
        region, parts = regions[row["region"]], _parts(row)
        counts[_brought(row, region, parts, there.get((region.pk, key_of(parts.text))), by)] += 1
    return counts[0], counts[1], counts[2]


def _all_in(regions: Iterable[Region]) -> Iterable[Address]:
    """Retired ones first, so that one in force of the same name is the one that counts."""
    rows = Address.objects.filter(region__in=list(regions)).prefetch_related("aliases").with_places()
    return sorted(rows, key=lambda one: one.is_in_force)


def _brought(row: Row, region: Region, parts: Parts, there: Address | None, by: Any) -> int:
    """0 made, 1 changed, 2 left alone."""
    why = _("区县资料：%(source)s") % {"source": row["source"]}
    if there is None:
        made = commands.add(region, parts=parts, why=why, by=by, source=row["source"])
        _named(row, made, why, by)
        return 0
    if not there.is_in_force:
        return 2
    changed = parts.longitude is not None and parts != parts_of(there)
    if changed:
        commands.correct(there, parts=parts, why=why, by=by)
    return 1 if _named(row, there, why, by) or changed else 2


def _named(row: Row, address: Address, why: str, by: Any) -> bool:
    """Names that it has, or had and lost on purpose, are not given again."""
    known = {alias.key for alias in address.aliases.all()} | {key_of(address.text)}
    given = False
    for column, kind in NAMES.items():
        for name in row[column].split("；"):
            if (key := key_of(name)) and key not in known:
                commands.add_alias(address, name=name, kind=kind, why=why, by=by)
                known.add(key)
                given = True
    return given


def _parts(row: Row) -> Parts:
    return checked(Parts(**{name: row[name] for name in (*PARTS, "longitude", "latitude")}))
