"""The columns of a table of addresses, out and in: what goes out comes back in without a change."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.places.library.keys import key_of
from fengqiao.places.models import Address, AliasKind, Status
from fengqiao.places.models.addresses import PARTS, AddressQuerySet
from fengqiao.tables import Column, Layout

# The names of the columns are the format of the file, the same in every language.
COLUMNS = {
    "code": "编码", "region": "地方代码", "place": "地方", "road": "路名", "number": "门牌号", "poi": "小区或单位",
    "building": "幢", "unit": "单元", "room": "室", "longitude": "经度", "latitude": "纬度", "aliases": "别名",
    "status": "状态", "source": "出处", "version": "版本",
}  # fmt: skip
# Without a code a row is a new address, which needs its region.
LAYOUT = Layout(
    columns={key: Column(name) for key, name in COLUMNS.items()},
    needed=("road", "poi"),
    one_of=("region", "code"),
    most=20_000,
)
KINDS = {"曾用名": AliasKind.FORMER, "俗称": AliasKind.SPOKEN, "别名": AliasKind.OTHER}
STATUSES = {"在用": Status.IN_FORCE, "停用": Status.RETIRED}
CHUNK = 1000

Names = list[tuple[str, AliasKind]]


def rows_of(addresses: AddressQuerySet) -> Iterator[list[Any]]:
    """The header, then a row an address, in the order of codes."""
    yield list(COLUMNS.values())
    for address in addresses.prefetch_related("aliases").order_by("code").iterator(CHUNK):
        yield _cells(address)


def _cells(address: Address) -> list[str]:
    kinds = {kind: word for word, kind in KINDS.items()}
    names = [f"{one.name}（{kinds[AliasKind(one.kind)]}）" for one in address.aliases.all() if one.is_active]
    statuses = {status: word for word, status in STATUSES.items()}
    return [
        address.code, address.region.code, "".join(region.name for region in address.path),
        *(getattr(address, name) for name in PARTS), _degrees(address.longitude), _degrees(address.latitude),
        "；".join(names), statuses[Status(address.status)], address.source, str(address.version),
    ]  # fmt: skip


def names_in(cell: str) -> Names:
    """老地委宿舍（曾用名）；大院子: each name with its kind."""
    found: Names = []
    for part in normalise(cell).replace(";", "；").split("；"):
        name, kind = part.strip(), AliasKind.OTHER
        for word, value in KINDS.items():
            if name.endswith((f"（{word}）", f"({word})")):
                name, kind = name[: -len(word) - 2], value
        if key_of(name):
            found.append((name, kind))
    return found


def degrees_in(cell: str, column: str) -> Decimal | None:
    if not cell:
        return None
    try:
        return Decimal(cell)
    except InvalidOperation:
        told = _("%(column)s“%(cell)s”不是数字，应是度，写成小数。")
        raise Refused(told % {"column": COLUMNS[column], "cell": cell[:20]}) from None


def _degrees(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.6f}"
