"""The plain words of a clause, spoken to the one who reads them."""

from typing import Any

from django.utils.translation import gettext as _

from fengqiao.disputes.models import Party, PartyKind
from fengqiao.kernel.masking import COMPOUND_SURNAME

from .models import Agreement

SHORT = 18  # letters of a line that only names a clause
STOPS = "。；！？"


def spoken_to(agreement: Agreement, party: Party) -> list[str]:
    """Every clause in plain words; where each side is one person, 甲方 and 乙方 become 您 and 周先生."""
    names = _names(agreement.cast["parties"], party)
    return [_with(clause["plain"] or clause["text"], names) for clause in agreement.clauses]


def in_short(text: str) -> str:
    """The first words of it, for a line in a list."""
    first = min((text.find(stop) for stop in STOPS if stop in text), default=len(text))
    text = text[:first]
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"


def _names(lines: list[dict[str, Any]], party: Party) -> dict[str, str]:
    if len(lines) != 2 or all(line["party"] != party.pk for line in lines):
        return {}
    return {line["letter"]: _("您") if line["party"] == party.pk else _polite(line) for line in lines}


def _polite(line: dict[str, Any]) -> str:
    """周先生; an organisation by its name, a group or an unknown sex as 对方."""
    if line["kind"] == PartyKind.ORGANISATION:
        return str(line["name"])
    title = {"男": _("先生"), "女": _("女士")}.get(line["sex"])
    if line["kind"] != PartyKind.PERSON or title is None:
        return _("对方")
    name = line["name"]
    return (name[:2] if COMPOUND_SURNAME.match(name) else name[:1]) + title


def _with(text: str, names: dict[str, str]) -> str:
    for letter, name in names.items():
        text = text.replace(letter, name)
    return text
