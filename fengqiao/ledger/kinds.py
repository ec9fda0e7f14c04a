"""Every kind of entry the ledger may hold: a typed payload and the sentence it reads as."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, dataclass_transform

KINDS: dict[str, "type[Event]"] = {}


class Event:
    """What happened. Carries ids, counts and codes; names, numbers and free text only where a story needs them."""

    kind: ClassVar[str]
    says: ClassVar[Any]  # a lazy translation with {fields}
    shows: ClassVar[Mapping[str, Any]] = {}  # field -> an enumeration whose label is to be shown
    icon: ClassVar[str] = "point"

    def payload(self) -> dict[str, Any]:
        return asdict(self)  # type: ignore[call-overload]

    @classmethod
    def sentence(cls, payload: Mapping[str, Any]) -> str:
        words = {"by": "", **payload}
        for field, choices in cls.shows.items():
            if words.get(field) not in (None, ""):
                words[field] = str(choices(words[field]).label)
        return str(cls.says).format_map(_Blank(words))


class _Blank(dict):
    """An older entry may lack a field that its sentence names today; it reads as nothing."""

    def __missing__(self, key: str) -> str:
        return ""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def entry(kind: str, says: Any, *, icon: str = "point", shows: Mapping[str, Any] | None = None):
    """Register an event class under its kind. Two classes of one kind are a programming error."""

    def register(cls):
        cls = dataclass(frozen=True, kw_only=True)(cls)
        cls.kind, cls.says, cls.icon, cls.shows = kind, says, icon, shows or {}
        if KINDS.setdefault(kind, cls) is not cls:
            raise ValueError(f"two kinds of entry are called {kind!r}")
        return cls

    return register
