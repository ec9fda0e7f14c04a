"""The list of addresses and the page of one: filters as they stand in the address bar, history as the ledger has it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from fengqiao.desk.story import Line
from fengqiao.kernel.text import normalise
from fengqiao.ledger.models import Entry
from fengqiao.ledger.sealing import sealed_up_to
from fengqiao.places.library.commands import SUBJECT
from fengqiao.places.library.parts import LABELS
from fengqiao.places.library.suggesting import addresses_like
from fengqiao.places.models import Address, Region, Status
from fengqiao.places.models.addresses import AddressQuerySet

MOST_FOUND = 200
TOWN_RANK = 2


class Asked:
    """What the reader asked for. Values that mean nothing are passed over, so that an old link still opens."""

    def __init__(self, data: QueryDict) -> None:
        self.q = normalise(data.get("q", ""))[:60]
        self.towns = Region.objects.filter(level__rank=TOWN_RANK, is_slot=False).order_by("code")
        self.region = next((town.code for town in self.towns if town.code == data.get("region")), "")
        self.status = data.get("status", "") if data.get("status") in Status.values else ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.region or self.status)

    @property
    def statuses(self) -> list[tuple[str, Any]]:
        return list(Status.choices)

    @property
    def found(self) -> AddressQuerySet:
        rows = Address.objects.with_places()
        if self.region:
            rows = rows.within(self.region)
        if self.status:
            rows = rows.filter(status=self.status)
        if self.q:
            likely = [one.pk for one in addresses_like(self.q, within=self.region, limit=MOST_FOUND)]
            gone = Q(status=Status.RETIRED.value, text__contains=self.q)
            rows = rows.filter(Q(pk__in=likely) | Q(code__startswith=self.q) | gone)
        return rows

    @property
    def words(self) -> str:
        """The filters for the record of an export."""
        town = next((town.name for town in self.towns if town.code == self.region), "")
        status = Status(self.status).label if self.status else ""
        return "，".join(str(word) for word in (town, status, self.q) if word) or str(_("全部"))


@dataclass(frozen=True, slots=True)
class Told(Line):
    """One entry of an address, with what was before and what after."""

    @property
    def url(self) -> str:
        return f"#{self.anchor}"

    @property
    def details(self) -> str:
        payload = self.entry.payload or {}
        if "before" not in payload:
            return ""
        return "；".join(_differences(payload["before"], payload.get("after", {})))


def history_of(address: Address) -> list[Told]:
    """The newest first."""
    sealed = sealed_up_to(SUBJECT, address.pk)
    entries = Entry.objects.of(SUBJECT, address.pk).defer("rows")
    return [Told(entry, entry.seq <= sealed) for entry in reversed(entries)]


def _differences(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    labels = {**LABELS, "longitude": _("经度"), "latitude": _("纬度"), "status": _("状态"), "source": _("出处")}
    statuses = dict(Status.choices)
    for name, label in labels.items():
        was, now = before.get(name, ""), after.get(name, "")
        if was != now:
            nothing = _("（空）")
            old, new = statuses.get(was, was) or nothing, statuses.get(now, now) or nothing
            yield f"{label}：{old} → {new}"
