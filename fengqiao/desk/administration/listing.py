"""The lists of the administration: which accounts and which windows, by words and by how they stand."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Window
from fengqiao.people.models import Role, User

NONE = "none"  # no role yet
ROLES: list[tuple[str, Any]] = [*Role.choices, (NONE, _("还没有角色"))]
ACCOUNTS: dict[str, tuple[Any, Q]] = {
    "open": (_("在用"), Q(is_active=True)),
    "closed": (_("停用"), Q(is_active=False)),
    "waiting": (_("等安全管理员决定"), Q(role_changes__decided_at=None, role_changes__isnull=False)),
}
WINDOWS: dict[str, tuple[Any, Q]] = {
    "used": (_("在用"), Q(is_slot=False, retired_on=None)),
    "slot": (_("待定名"), Q(is_slot=True, retired_on=None)),
    "retired": (_("停用"), Q(retired_on__isnull=False)),
}
LONGEST = 60  # characters of what is looked for


@dataclass(frozen=True)
class Asked:
    """What the filters say; what makes no sense is as good as not said."""

    words: str = ""
    role: str = ""
    standing: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        return cls(query.get("q", "").strip()[:LONGEST], query.get("role", ""), query.get("standing", ""))

    @property
    def is_anything(self) -> bool:
        return bool(self.words or self.role or self.standing)


def accounts(asked: Asked) -> QuerySet[User]:
    """By body, then in the order in which they came."""
    found = with_words(User.objects.select_related("home_body", "station_body"), asked.words)
    if asked.role in dict(ROLES):
        found = found.filter(role="" if asked.role == NONE else asked.role)
    if asked.standing in ACCOUNTS:
        found = found.filter(ACCOUNTS[asked.standing][1])
    return found.order_by("home_body_id", "pk")


def windows(asked: Asked) -> QuerySet[Window]:
    found = Window.objects.select_related("body", "standing")
    if asked.words:
        found = found.filter(Q(name__icontains=asked.words) | Q(body__name__icontains=asked.words))
    if asked.standing in WINDOWS:
        found = found.filter(WINDOWS[asked.standing][1])
    return found


def with_words(found: QuerySet[User], words: str) -> QuerySet[User]:
    """Whose user name, name or body has these words in it."""
    if not words:
        return found
    bodies = Q(home_body__name__icontains=words) | Q(station_body__name__icontains=words)
    return found.filter(Q(username__icontains=words) | Q(name__icontains=words) | bodies)
