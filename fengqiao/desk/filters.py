"""The filters of a list as they stand in its address: a filtered list is a link, and every filter has a link that removes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet, TextChoices
from django.http import QueryDict
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.lifecycle import CLOSED, State
from fengqiao.disputes.models import Category, Difficulty
from fengqiao.people.models import Role, User
from fengqiao.places.models import Region

OPEN, SHUT, AREA = "open", "closed", "area"
PASSING = ("page", "cursor", "one", "pick")  # where one is in a list, which another filter makes meaningless


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Select:
    """One drop-down: its name in the address, what it is called, what it says when nothing is chosen."""

    name: str
    label: str
    nothing: str
    options: list[Option]


@dataclass(frozen=True, slots=True)
class Applied:
    """A filter that holds now, and the address without it."""

    words: str
    without: str


class Filters:
    """What the reader asked for. Values that mean nothing are passed over, so that an old link still opens."""

    NAMES = ("state", "category", "place", "handler", "difficulty")

    def __init__(self, data: QueryDict, reader: User) -> None:
        self.data, self.reader = data, reader

    @cached_property
    def q(self) -> Q:
        """The condition on disputes."""
        found = Q()
        for name in self.values:
            found &= getattr(self, f"_{name}")(self.values[name])
        return found

    @cached_property
    def values(self) -> Mapping[str, str]:
        """The filters that hold, by name."""
        asked = {name: self.data.get(name, "") for name in self.NAMES}
        return {name: value for name, value in asked.items() if value in self._labels[name]}

    @property
    def selects(self) -> list[Select]:
        titles = {
            "state": (_("阶段"), _("阶段：全部")),
            "category": (_("类型"), _("类型：全部")),
            "place": (_("地点"), _("地点：全部")),
            "handler": (_("经办"), self._any_handler()),
            "difficulty": (_("等级"), _("等级：全部")),
        }
        return [
            Select(name, *titles[name], [Option(v, w, v == self.values.get(name)) for v, w in self._labels[name].items()])
            for name in self.NAMES
            if self._labels[name]
        ]  # fmt: skip

    @property
    def applied(self) -> list[Applied]:
        return [
            Applied(
                f"{select.label}：{self._labels[select.name][self.values[select.name]]}", self._without(select.name)
            )
            for select in self.selects
            if select.name in self.values
        ]

    @property
    def cleared(self) -> str:
        return self._without(*self.NAMES)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form of the filters must carry along: everything in the address but the filters and the page."""
        left_out = {*self.NAMES, *PASSING}
        return [(name, str(value)) for name, value in self.data.items() if name not in left_out]

    @property
    def words(self) -> str:
        """The filters in one line, for the record."""
        return "、".join(applied.words for applied in self.applied)

    def link(self, **changes: str) -> str:
        """This address with other values, from its first page."""
        query = self.data.copy()
        for name in (*PASSING, *(name for name, value in changes.items() if not value)):
            query.pop(name, None)
        for name, value in changes.items():
            if value:
                query[name] = value
        return f"?{query.urlencode()}"

    def _without(self, *names: str) -> str:
        return self.link(**dict.fromkeys(names, ""))

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        return {
            "state": self._states(),
            "category": {str(row.pk): str(row) for row in Category.objects.all()},
            "place": dict(self._places.values_list("code", "name")),
            "handler": self._handlers(),
            "difficulty": _names(Difficulty),
        }

    def _any_handler(self) -> str:
        return _("经办：不限")

    def _states(self) -> dict[str, str]:
        return {OPEN: _("在办"), **_names(State), SHUT: _("已归档、已并案")}

    @property
    def _places(self) -> QuerySet[Region]:
        """The places next below the reader's own, as far as they have names."""
        body = self.reader.body
        return Region.objects.filter(parent=body.region_id, is_slot=False) if body else Region.objects.none()

    def _handlers(self) -> dict[str, str]:
        own = {f"b{self.reader.body_id}": _("本单位")} if self.reader.body_id else {}
        return {**own, **self._bodies_below(), **self._own_mediators()}

    def _bodies_below(self) -> dict[str, str]:
        if not _looks_over(self.reader):
            return {}
        below = Body.objects.at_work().filter(parent=self.reader.body_id)
        return {f"b{pk}": name for pk, name in below.values_list("pk", "name")}

    def _own_mediators(self) -> dict[str, str]:
        body = self.reader.body_id
        if body is None or self.reader.role == Role.MEDIATOR:
            return {}
        people = User.objects.filter(Q(station_body=body) | Q(station_body=None, home_body=body), mediates=True)
        return {f"u{one.pk}": _("%(name)s（调解员）") % {"name": one} for one in people.only("name", "username")}

    def _state(self, value: str) -> Q:
        if value in (OPEN, SHUT):
            states = CLOSED if value == SHUT else set(State) - CLOSED
            return Q(state__in=sorted(states))
        return Q(state=value)

    def _category(self, value: str) -> Q:
        return Q(category=int(value))

    def _place(self, value: str) -> Q:
        return Q(place__in=Region.objects.within(value).values("pk"))

    def _handler(self, value: str) -> Q:
        return Q(body=int(value[1:])) if value[0] == "b" else Q(mediator=int(value[1:]))

    def _difficulty(self, value: str) -> Q:
        return Q(difficulty=value)


class DeskFilters(Filters):
    """The filters of the worklist, where everything is open and the reader's own; who oversees may look below."""

    @property
    def is_area(self) -> bool:
        """Whether the reader looks beyond their own desk."""
        return self.values.get("handler", "u")[0] != "u"

    def _any_handler(self) -> str:
        return _("经办：本单位")

    def _states(self) -> dict[str, str]:
        return {value: label for value, label in _names(State).items() if value not in CLOSED}

    def _handlers(self) -> dict[str, str]:
        area = {AREA: _("辖区全部")} if _looks_over(self.reader) else {}
        return {**area, **self._bodies_below(), **self._own_mediators()}

    def _handler(self, value: str) -> Q:
        return Q() if value == AREA else super()._handler(value)


def _names(choices: type[TextChoices]) -> dict[str, str]:
    return {str(one.value): str(one.label) for one in choices}


def _looks_over(reader: User) -> bool:
    """Whether others' disputes are theirs to see too, in the region of a body that coordinates it."""
    return bool(reader.body and reader.body.coordinates and (reader.oversees or reader.role == Role.LEADER))
