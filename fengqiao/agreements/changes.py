"""What changed between two drafts, in the words of somebody who read both."""

import re
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from fengqiao.kernel.money import yuan

from .content import AgreementContent, Clause, Term

SHOWN = 24  # letters of a changed piece
MOST_PIECES = 3
NEAR = 2  # words
TOKENS = re.compile(r"[\d.,]+|[A-Za-z]+|.", re.DOTALL)
SAME = 0.5  # how alike two clauses must be to count as one clause that was changed


def between(old: AgreementContent, new: AgreementContent) -> list[str]:
    """第 2 条：一次付清 → 分两期. Numbers are those of the new draft; a dropped clause has its old number."""
    lines = _clauses(list(old.clauses), list(new.clauses))
    lines += _terms([_told(term) for term in old.terms], [_told(term) for term in new.terms])
    parts = (
        (_("事实"), "facts"),
        (_("争议事项"), "issues"),
        (_("责任"), "responsibility"),
        (_("履行方式、时限"), "manner"),
    )
    for name, field in parts:
        lines += _changed(name, getattr(old, field), getattr(new, field))
    return lines


def _clauses(old: list[Clause], new: list[Clause]) -> list[str]:
    before, after = [clause.text for clause in old], [clause.text for clause in new]
    lines: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            lines += _block(before[a:b], after[c:d], a, c)
    return lines


def _block(before: list[str], after: list[str], first_old: int, first_new: int) -> list[str]:
    """Pair each new clause with the likest of the old ones, in order; the rest were added or dropped."""
    lines, left = [], list(enumerate(before, first_old + 1))
    for n, text in enumerate(after, first_new + 1):
        likest = max(left, key=lambda pair: _likeness(pair[1], text), default=None)
        if likest and _likeness(likest[1], text) >= SAME:
            left.remove(likest)
            lines += _changed(_("第 %(n)d 条") % {"n": n}, likest[1], text)
        else:
            lines.append(_("加了第 %(n)d 条：%(text)s") % {"n": n, "text": _short(text)})
    return lines + [_("删了原第 %(n)d 条：%(text)s") % {"n": n, "text": _short(text)} for n, text in left]


def _terms(old: list[str], new: list[str]) -> list[str]:
    lines = []
    for n, (before, after) in enumerate(zip(old, new, strict=False), 1):
        lines += _changed(_("履行第 %(n)d 项") % {"n": n}, before, after)
    more = [
        _("加了履行第 %(n)d 项：%(text)s") % {"n": n, "text": new[n - 1]} for n in range(len(old) + 1, len(new) + 1)
    ]
    less = [
        _("删了履行第 %(n)d 项：%(text)s") % {"n": n, "text": old[n - 1]} for n in range(len(new) + 1, len(old) + 1)
    ]
    return lines + more + less


def _told(term: Term) -> str:
    amount = _("%(yuan)s 元") % {"yuan": yuan(term.amount_fen)} if term.amount_fen is not None else ""
    day = term.due_on.isoformat() if term.due_on else ""
    who = term.debtor.masked_name if term.debtor else ""
    return " ".join(part for part in (day, who, term.what, amount, term.method) if part)


def _changed(name: str, old: str, new: str) -> list[str]:
    pieces = [_piece(gone, come) for gone, come in _differences(old, new)]
    if len(pieces) > MOST_PIECES:  # rewritten: the pieces would say nothing
        pieces = [_("改写为“%(text)s”") % {"text": _short(new)}]
    return [_("%(name)s：%(what)s") % {"name": name, "what": "；".join(pieces)}] if pieces else []


def _piece(gone: str, come: str) -> str:
    if gone and come:
        return f"{_short(gone)} → {_short(come)}"
    return _("加“%(text)s”") % {"text": _short(come)} if come else _("删“%(text)s”") % {"text": _short(gone)}


def _differences(old: str, new: str) -> list[tuple[str, str]]:
    """What was there and what is there now. Numbers stay whole, and changes with next to nothing between them are one."""
    before, after = TOKENS.findall(old), TOKENS.findall(new)
    spans: list[list[int]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if spans and a - spans[-1][1] <= NEAR:
            spans[-1][1], spans[-1][3] = b, d
        else:
            spans.append([a, b, c, d])
    return [("".join(before[a:b]), "".join(after[c:d])) for a, b, c, d in spans]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
