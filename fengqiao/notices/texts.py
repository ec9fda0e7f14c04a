"""The words of messages: the built-in ones from words/*.csv, the district's in their place, and the few fields they may name.

A message names a number, a kind of matter, a step, who holds it, when and where to look. It never holds what happened, a
person's name or anything of a restricted matter, for there is no field for it.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Formatter

from django.conf import settings
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused
from fengqiao.kernel.remembering import asked_once

from .models import MessageText

FOLDER = Path(__file__).parent / "words"
FIELDS = ("number", "title", "step", "office", "contact", "when", "link", "code", "count")
PARTY_ROLES = (
    "party",
    "applicant",
    "respondent",
)  # the first stands for the others where they have no words of their own
STAFF_ROLES = ("staff", "handler", "mediator", "manager")
ROLES = (*PARTY_ROLES, *STAFF_ROLES)
LONGEST = 500
ONE_SMS, EACH_OF_MANY = 70, 67  # UCS-2 letters of one SMS, and of each part of a longer one (GSM 03.38, 03.40)

Key = tuple[str, str, str]  # occasion, role, language


@dataclass(frozen=True)
class Text:
    """One set of words. Empty words: this is not sent here."""

    occasion: str
    role: str
    language: str
    urgent: bool
    subject: str
    words: str

    @property
    def version(self) -> str:
        """Eight letters that change with the words."""
        return sha256(f"{self.subject}\n{self.words}".encode()).hexdigest()[:8]

    def said(self, facts: Mapping[str, str]) -> tuple[str, str]:
        """Subject and words with their fields filled in."""
        return self.subject.format_map(facts), self.words.format_map(facts)


@dataclass(frozen=True)
class Book:
    """All texts as they hold now, read once."""

    own: Mapping[Key, Text]

    @staticmethod
    @asked_once("notices_messagetext")
    def now() -> "Book":
        rows = MessageText.objects.values_list("occasion", "role", "language", "urgent", "subject", "words")
        return Book({(row[0], row[1], row[2]): Text(*row) for row in rows})

    def find(self, occasion: str, role: str, language: str) -> Text | None:
        """The district's words before the built-in ones, the role's own before the general, the language before Chinese.

        None where nobody has written any, or the district wants nothing sent.
        """
        for who in dict.fromkeys((role, general(role))):
            for tongue in dict.fromkeys((language, settings.LANGUAGE_CODE)):
                found = self.own.get((occasion, who, tongue)) or built_in().get((occasion, who, tongue))
                if found:
                    return found if found.words else None
        return None


def general(role: str) -> str:
    """The role whose words stand in: the parties' or the staff's."""
    return PARTY_ROLES[0] if role in PARTY_ROLES else STAFF_ROLES[0]


@cache
def built_in() -> Mapping[Key, Text]:
    """The texts that come with the system, each checked. Raises Refused, naming file and line, for one that is wrong."""
    return {key: text for path in sorted(FOLDER.glob("*.csv")) for key, text in _read(path)}


def occasions() -> list[str]:
    return list(dict.fromkeys(occasion for occasion, _role, _language in built_in()))


def checked(words: str) -> str:
    """The words, if they name only known fields and fit. Refused with what is wrong."""
    if len(words) > LONGEST:
        raise Refused(_("太长：%(n)d 个字，最多 %(most)d 个") % {"n": len(words), "most": LONGEST})
    try:
        parts = list(Formatter().parse(words))
    except ValueError:
        raise Refused(_("花括号不成对")) from None
    for _text, field, spec, conversion in parts:
        if field is None:
            continue
        if field not in FIELDS or spec or conversion:
            told = _("不认识的字段“{%(field)s}”，只能用：%(known)s")
            raise Refused(told % {"field": field[:40], "known": "、".join(FIELDS)})
    return words


def fit_for(role: str, *, urgent: bool) -> None:
    """Refused for an urgent message to a resident: nobody is woken."""
    if urgent and role in PARTY_ROLES:
        raise Refused(_("给当事人的消息不能标紧急：夜里不打扰居民"))


def parts_of(words: str) -> int:
    """How many SMS this is charged as: 70 letters alone, 67 in each of several. An emoji counts as two."""
    letters = len(words.encode("utf-16-le")) // 2
    return 1 if letters <= ONE_SMS else -(-letters // EACH_OF_MANY)


def _read(path: Path) -> Iterable[tuple[Key, Text]]:
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            text = Text(
                row["occasion"], row["role"], path.stem, row["urgent"] == "1", checked(row["subject"]), row["words"],
            )  # fmt: skip
            try:
                checked(text.words)
                fit_for(text.role, urgent=text.urgent)
            except Refused as no:
                raise Refused(f"{path.name}:{line}: {no}") from no
            yield (text.occasion, text.role, text.language), text
