"""What the thresholds in force say of a dispute, in words; and the record of what was made of that."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes.events import Visited
from fengqiao.disputes.models import Difficulty, Dispute, Willing
from fengqiao.ledger.models import Entry
from fengqiao.people.models import User
from fengqiao.routing.models import Grading

from .book import MARKED, Fact, Facts, Line, propose
from .books import lines_in_force, of_version
from .counting import applying

FACTS = {
    Fact.PEOPLE: gettext_lazy("涉及人数"), Fact.PARTIES: gettext_lazy("当事人几方"), Fact.AMOUNT: gettext_lazy("涉及金额（分）"),
    Fact.VISITS: gettext_lazy("来访几次"), Fact.UNWILLING: gettext_lazy("几方不愿意调解"), Fact.DEATH: gettext_lazy("有人死亡"),
    Fact.INJURY: gettext_lazy("有人重伤"), Fact.CROSS_REGION: gettext_lazy("跨区域"), Fact.MEDIA: gettext_lazy("媒体、网络关注"),
    Fact.PETITION: gettext_lazy("重复信访"),
}  # fmt: skip
MARKS = [(fact.value, FACTS[fact]) for fact in MARKED]
CHINESE = "zh-hans"


@dataclass(frozen=True)
class Proposed:
    """A grade by a version of the thresholds, on these facts. `level` is empty where there are no thresholds."""

    version: int
    facts: Facts
    level: str
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        return str(Difficulty(self.level).label) if self.level else ""

    @property
    def reason(self) -> str:
        """Why, in words."""
        if not self.level:
            return _("本区还没有设分级标准，由人来定。")
        if not self.lines:
            return _("按第 %(n)d 版标准，没有一条达到复杂、重大。") % {"n": self.version}
        told = "；".join(self._words(line) for line in self.lines)
        return _("按第 %(n)d 版标准：%(told)s。") % {"n": self.version, "told": told}

    def _words(self, line: Line) -> str:
        fact = Fact(line.fact)
        name = str(FACTS[fact])
        if fact in MARKED:
            told = name
        elif fact == Fact.AMOUNT:
            words = {"n": self.facts[fact] / 100, "most": line.at_least / 100}
            told = _("涉及金额 %(n).2f 元，达到 %(most).2f 元") % words
        else:
            told = _("%(name)s %(n)d，达到 %(most)d") % {"name": name, "n": self.facts[fact], "most": line.at_least}
        return f"{told}（{line.reason}）" if line.reason else told


def proposed(dispute: Dispute, marks: Iterable[str] | None = None, *, applicants: int | None = None) -> Proposed:
    """What the thresholds in force say. Without `marks` those of the last grading hold, without `applicants` those registered."""
    version, lines = lines_in_force()
    facts = facts_of(dispute, marks_of(dispute) if marks is None else marks)
    if applicants is not None:
        facts[Fact.PEOPLE.value] += applicants - applying(dispute)
    found = propose(facts, lines)
    return Proposed(version, facts, found.level if found else "", found.lines if found else ())


def facts_of(dispute: Dispute, marks: Iterable[str]) -> dict[str, int]:
    """The counts, and 1 for each mark. Nothing of a person."""
    cast = list(dispute.parties.all())
    visits = Entry.objects.of("dispute", dispute.pk).filter(kind=Visited.kind).count()
    facts = {
        Fact.PEOPLE.value: sum(party.head_count for party in cast), Fact.PARTIES.value: len(cast),
        Fact.VISITS.value: visits, Fact.UNWILLING.value: sum(party.willing == Willing.NO for party in cast),
        **dict.fromkeys(sorted(set(marks) & {fact.value for fact in MARKED}), 1),
    }  # fmt: skip
    return facts if dispute.amount_fen is None else {**facts, Fact.AMOUNT.value: dispute.amount_fen}


def last_grading(dispute: Dispute) -> Grading | None:
    return dispute.gradings.select_related("decided_by").last()


def marks_of(dispute: Dispute) -> list[str]:
    """What was marked when it was last graded."""
    last = last_grading(dispute)
    return [fact.value for fact in MARKED if last and last.facts.get(fact)]


def recorded(dispute: Dispute, found: Proposed, level: str, *, why: str, by: User) -> Grading:
    """The row that says what was proposed and what was decided. Witnessed by the event of the act."""
    with translation.override(CHINESE):  # it is a record, whatever language the screen speaks
        reason = found.reason
    return Grading.objects.create(
        dispute=dispute, version=found.version, facts=dict(found.facts), proposal=found.level,
        lines=[line.key for line in found.lines], reason=reason[:500], level=level,
        is_followed=found.level in ("", level), why=why, decided_by=by, decided_at=timezone.now(),
    )  # fmt: skip


@dataclass(frozen=True)
class Differs:
    """A proposal that does not come out as it was stored. `now` is None where there is no such version."""

    row: Grading
    now: str | None


def replay() -> Iterator[tuple[int, Differs | None]]:
    """One step for each stored grading, oldest first: how many so far, and whether this one differs."""
    known: dict[int, list[Line] | None] = {0: []}
    for n, row in enumerate(Grading.objects.select_related("dispute").order_by("pk").iterator(500), 1):
        if row.version not in known:
            known[row.version] = of_version(row.version)
        yield n, _judged(row, known[row.version])


def _judged(row: Grading, lines: list[Line] | None) -> Differs | None:
    if lines is None:
        return Differs(row, None)
    facts: Mapping[str, int] = row.facts
    found = propose(facts, lines)
    level, keys = (found.level, [line.key for line in found.lines]) if found else ("", [])
    return None if (level, keys) == (row.proposal, row.lines) else Differs(row, level)
