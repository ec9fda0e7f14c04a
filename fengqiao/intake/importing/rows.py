"""A row as it stands in a file, and how it becomes a draft. What is wrong here concerns the row alone and refuses only it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.commands import PartyDraft
from fengqiao.disputes.models import Category, Channel, PartyRole
from fengqiao.intake.drafts import ReceptionDraft, kind_of
from fengqiao.intake.finding import place_named
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.masking import UNSIGNED
from fengqiao.kernel.money import parse_yuan
from fengqiao.kernel.secrets import blind_indexes
from fengqiao.kernel.text import normalise
from fengqiao.places.models import Region

LONGEST_REF = 80
EARLIEST = date(1949, 10, 1)
WRITTEN = re.compile(
    r"(?P<year>\d{4})(?:-|/|\.|年)(?P<month>\d{1,2})(?:-|/|\.|月)(?P<day>\d{1,2})日?"
    r"(?:[ T](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?)?"
)
NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Row:
    """`number` is the line or row of the file, `scheme` the system whose numbers `ref` belongs to."""

    number: int
    scheme: str
    values: Mapping[str, str]
    asked_on: datetime | None = None

    @property
    def own_ref(self) -> str:
        """The row's number in its own system, with the system's name; empty without one."""
        own = normalise(self.values.get("ref", ""))
        return f"{self.scheme}:{own}" if own else ""

    @property
    def ref(self) -> str:
        """letter:sl-0000, unique for all time. Refused without a number, or with one too long."""
        if not self.own_ref:
            raise Refused(_("没有编号，无法分辨是不是登记过。"))
        if len(self.own_ref) > LONGEST_REF:
            raise Refused(_("编号太长了，最多 %(n)d 个字符。") % {"n": LONGEST_REF - len(self.scheme) - 1})
        return self.own_ref

    @cached_property
    def fingerprints(self) -> list[str]:
        """Of who says what, blind to spaces and punctuation; the current key's first."""
        said = NOT_WORDS.sub("", normalise(self.values.get("facts", "")))
        who = [normalise(self.values.get(name, "")) for name in ("name", "phone", "opponent")]
        return blind_indexes("\n".join([*who, said]), "import")


@dataclass
class Codes:
    """The tables that a row's words are looked up in, read once a file."""

    categories: dict[str, Category] = field(default_factory=dict)
    letters: dict[str, Category] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    places: dict[str, Region | None] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Codes":
        codes = cls(channels={word: c for c in Channel for word in (c.value, str(c.label))})
        for category in Category.objects.order_by("-code"):
            codes.categories |= {category.code: category, category.name: category, str(category): category}
            codes.letters |= dict.fromkeys(category.crosswalk.get("dispute16") or (), category)
        return codes

    def category(self, row: Row) -> Category | None:
        """By code or name; for letters by their own scheme, where a missing cross-walk leaves it open."""
        word = row.values.get("category", "")
        if word and word not in self.categories:
            raise Refused(_("类型“%(word)s”不在代码表里。") % {"word": word[:20]})
        return self.categories[word] if word else self.letters.get(row.values.get("dispute16", ""))

    def channel(self, row: Row) -> Channel:
        word = row.values.get("channel", "")
        if word and word not in self.channels:
            raise Refused(_("来源渠道“%(word)s”不认识。") % {"word": word[:20]})
        return self.channels[word] if word else Channel.IMPORT

    def place(self, row: Row) -> Region | None:
        word = row.values.get("place", "")
        if word not in self.places:
            by_code = Region.objects.filter(code=word).first() if word.isdecimal() else None
            self.places[word] = by_code or place_named(word)
        return self.places[word]


def draft_of(row: Row, *, codes: Codes, body: Body) -> ReceptionDraft:
    """What the row says. Refused with the reason for this row."""
    said = row.values
    if not said.get("facts", "").strip():
        raise Refused(_("没有正文。"))
    place, where = codes.place(row), said.get("place", "")
    address = said.get("address", "")
    return ReceptionDraft(
        parties=_parties(said), facts=said["facts"], title=said.get("title", ""), demand=said.get("demand", ""),
        category=codes.category(row), channel=codes.channel(row), place=place,
        address=address if place else f"{where} {address}".strip(), body=body,
        amount_fen=parse_yuan(said["amount"]) if said.get("amount") else None,
        external_ref=row.ref, claimed_at=row.asked_on,
    )  # fmt: skip


def read_date(text: str) -> datetime | None:
    """The start of the written day, or the written minute, in local time. Raises ValueError for what is no date, or
    one before 1949 or in the future."""
    text = normalise(text)
    if not text:
        return None
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    at = time(int(found["hour"]), int(found["minute"])) if found["hour"] else time()
    if not EARLIEST <= day <= timezone.localdate():
        raise ValueError(text)
    return timezone.make_aware(datetime.combine(day, at))


def _parties(said: Mapping[str, str]) -> list[PartyDraft]:
    name, opponent = normalise(said.get("name", "")), normalise(said.get("opponent", ""))
    if name.isdecimal() or opponent.isdecimal():
        raise Refused(_("姓名不能只是数字，请核对是不是错了列。"))
    applicant = PartyDraft(
        role=PartyRole.APPLICANT, name=name or UNSIGNED, kind=kind_of(name), phone=said.get("phone", ""),
        id_number=said.get("id_number", ""), home=said.get("home", ""),
    )  # fmt: skip
    if not opponent:
        return [applicant]
    return [applicant, PartyDraft(role=PartyRole.RESPONDENT, name=opponent, kind=kind_of(opponent))]
