"""A county with its reviewing centre, a town's committee, and people to put on the roster: every step by a real command."""

import struct
import zlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from fengqiao.bodies.models import Body, BodyKind
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role, RosterEntry, User
from fengqiao.people.roster import commands
from fengqiao.people.roster.drafts import EntryDraft
from fengqiao.people.roster.models import Kind
from tests.world import a_category, a_committee, a_town_branch, a_user, the_center

BORN = date(1968, 3, 2)


@dataclass
class Register:
    """The centre reviews; 月河's committee files for its people."""

    centre: Body = field(default_factory=the_center)
    branch: Body = field(default_factory=a_town_branch)
    committee: Body = field(init=False)
    reviewer: User = field(init=False)
    second_reviewer: User = field(init=False)
    manager: User = field(init=False)

    def __post_init__(self) -> None:
        a_category()
        self.committee = a_committee(self.branch.region, kind=BodyKind.MDC_TOWN, parent=self.branch)
        self.reviewer = a_user(self.centre, Role.MANAGER, name="朱海波")
        self.second_reviewer = a_user(self.centre, Role.ADMIN, name="何静")
        self.manager = a_user(self.committee, Role.MANAGER, name="孙国良")

    def draft(self, user: User | None = None, **facts: Any) -> EntryDraft:
        given: dict[str, Any] = {
            "name": str(user) if user else "郑小燕", "kinds": [Kind.FULL_TIME], "body": self.committee, "born_on": BORN,
            "user": user, "is_shown": True, "specialities": ["02"], "languages": ["local"], "days": [1, 2, 3, 4, 5, 6, 7],
            **facts,
        }  # fmt: skip
        return EntryDraft(**given)

    def applied(self, user: User | None = None, **facts: Any) -> RosterEntry:
        return commands.apply(self.draft(user, **facts), by=self.manager)

    def admitted(self, user: User | None = None, *, until: date | None = None, **facts: Any) -> RosterEntry:
        """On the roster, with a number and a term."""
        first = min(timezone.localdate(), until or timezone.localdate()) - timedelta(days=1)
        entry = self.applied(user, **facts)
        return commands.admit(entry, valid_from=first, valid_to=until, by=self.reviewer)

    def a_mediator(self, name: str = "钱志平", **kw: Any) -> User:
        return a_user(self.committee, Role.MEDIATOR, name, **kw)


def sentences(entry: RosterEntry) -> list[str]:
    """What the record says of this entry."""
    return [one.sentence for one in Entry.objects.of("roster", entry.pk)]


def a_photo(width: int = 60, height: int = 80, note: bytes = b"GPS 30.86 120.09") -> bytes:
    """A PNG that tells where it was taken, as telephones do."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + bytes((200, 120 + y % 100, 90)) * width for y in range(height))
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"tEXt", b"Comment\0" + note), chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")
