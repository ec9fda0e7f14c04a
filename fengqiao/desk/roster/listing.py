"""The list of the roster: who of it this reader sees, by which filters; a filtered list is a link."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body, BodyKind
from fengqiao.disputes.models import Category
from fengqiao.people.models import RosterEntry, User
from fengqiao.people.roster.models import Enrolment, Kind, RosterQuerySet
from fengqiao.people.roster.sight import visible_to

ENDING_WITHIN = timedelta(days=60)
ORGANISATIONS = (BodyKind.SOCIAL_ORG, BodyKind.LAWYER_STUDIO, BodyKind.BRAND_STUDIO)


@dataclass(frozen=True)
class Tab:
    view: str
    label: str
    count: int


class Listing:
    """What the reader asked for. A value that means nothing is passed over, so that an old link still opens."""

    def __init__(self, data: QueryDict, reader: User) -> None:
        self.data, self.reader = data, reader
        self.seen: RosterQuerySet = visible_to(reader)  # type: ignore[assignment]
        self.categories = dict(Category.objects.values_list("code", "name"))

    @property
    def view(self) -> str:
        asked = self.data.get("view", "")
        return asked if asked in VIEWS else "on"

    @property
    def kind(self) -> str:
        asked = self.data.get("kind", "")
        return asked if asked in Kind.values else ""

    @property
    def category(self) -> str:
        asked = self.data.get("category", "")
        return asked if asked in self.categories else ""

    @property
    def name(self) -> str:
        return self.data.get("name", "").strip()[:40]

    @property
    def rows(self) -> QuerySet[RosterEntry]:
        found: RosterQuerySet = self.seen.filter(VIEWS[self.view][1]())
        if self.kind:
            found = found.under(self.kind, "kinds")
        if self.category:
            found = found.under(self.category, "specialities")
        return found.filter(name__contains=self.name) if self.name else found

    @property
    def tabs(self) -> list[Tab]:
        return [Tab(view, str(label()), self.seen.filter(rule()).count()) for view, (label, rule) in VIEWS.items()]

    @property
    def words(self) -> str:
        """The list and its filters, for the log of exports."""
        parts = [
            str(VIEWS[self.view][0]()),
            self.kind and str(Kind(self.kind).label),
            self.categories.get(self.category, ""),
            self.name,
        ]
        return _("名册：%(parts)s") % {"parts": "，".join(filter(None, parts))}

    @property
    def kinds(self) -> list[tuple[str, Any]]:
        return list(Kind.choices)


def organisations(reader: User) -> QuerySet[Body]:
    """Social organisations, lawyers' studios and brand studios of the county, with how to reach them."""
    return Body.objects.at_work().filter(kind__in=ORGANISATIONS, is_slot=False).select_related("region")


def _ending() -> Q:
    today = timezone.localdate()
    return Q(standing=Enrolment.ON, valid_to__lte=today + ENDING_WITHIN)


VIEWS: dict[str, tuple[Any, Any]] = {
    "on": (lambda: _("在册"), lambda: Q(standing=Enrolment.ON)),
    "waiting": (lambda: _("待审核"), lambda: Q(standing=Enrolment.APPLIED)),
    "ending": (lambda: _("快到期、已到期"), _ending),
    "returned": (lambda: _("退回、未通过"), lambda: Q(standing__in=[Enrolment.RETURNED, Enrolment.REFUSED])),
    "off": (lambda: _("暂停、退出"), lambda: Q(standing__in=[Enrolment.SUSPENDED, Enrolment.REMOVED])),
}
