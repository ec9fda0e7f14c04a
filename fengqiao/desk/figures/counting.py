"""What is counted, and how: one function for each figure, all of them over the rows that the ledger witnesses.

Source: handbook 4 and 13. Duplicates that were merged are left out. What the parties of one period became later is another
view than what ended in it, and the two are never mixed: COHORT and THROUGHPUT. Restricted disputes are counted like any
other: a figure names nobody.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body
from fengqiao.callbacks.asking import CONTENT, latest_words
from fengqiao.callbacks.models import Callback
from fengqiao.disputes import measures
from fengqiao.disputes.events import Closed
from fengqiao.disputes.lifecycle import IN_FORCE, OPEN, State, Words
from fengqiao.disputes.models import Clock, Dispute, Obligation
from fengqiao.fulfilment.tracking import agreements_due
from fengqiao.intake.models import Visit
from fengqiao.kernel.rates import Rate
from fengqiao.ledger.models import Entry

from .period import Period

THROUGHPUT, COHORT = "closed", "accepted"
VIEWS = {
    THROUGHPUT: gettext_lazy("按办结：这段时间里办结的"),
    COHORT: gettext_lazy("按受理：这段时间里受理的，到现在怎么样了"),
}
# An agreement was made, whatever became of it since.
AGREED = {*IN_FORCE, State.CONFIRMING, State.BREACHED, State.ENFORCING, State.PERFORMED}

MEDIATING = Q(key="mediate") | Q(key__startswith="mediate.")  # the limits of mediation, by category

Span = tuple[datetime, datetime]
Counts = dict[str, Counter]  # the figure's name -> body -> how many


class Share(Rate):
    """A rate as a cell of the table; over nothing it is none."""

    def __str__(self) -> str:
        return self.percent.replace("%", " %") or _("无")

    @property
    def of_what(self) -> str:
        return f"{self.part}/{self.whole}"


@dataclass(frozen=True)
class Column:
    """One figure: what it is called, how it is computed (in words), from which counts."""

    title: Words
    formula: Words
    part: tuple[str, ...]
    whole: tuple[str, ...] = ()  # given: it is a rate

    def of(self, counts: Counter) -> int | Share:
        part = sum(counts[name] for name in self.part)
        return Share(part, sum(counts[name] for name in self.whole)) if self.whole else part


ALWAYS = (
    Column(gettext_lazy("批次"), gettext_lazy("来访的次数：一批人为一件事来一次算一批"), ("batches",)),
    Column(gettext_lazy("人次"), gettext_lazy("这些来访一共来了多少人"), ("persons",)),
    Column(gettext_lazy("登记"), gettext_lazy("首接登记的件数，并案的不重复算"), ("received",)),
)
RATES = (
    Column(
        gettext_lazy("48 小时响应率"), gettext_lazy("到期的受理或分流时限里，按时完成的"), ("answered",), ("to_answer",)
    ),
    Column(
        gettext_lazy("调解及时率"), gettext_lazy("到期的调解期限里，按时调完的；中止的天数不算，双方同意延期的算按时"),
        ("timely",), ("to_mediate",),
    ),
    Column(gettext_lazy("协议履行率"), gettext_lazy("各项都已到期的协议里，每一项都按期履行或者被免除的"), ("performed",), ("owed",)),
    Column(
        gettext_lazy("满意率"), gettext_lazy("回访和自评里答了的人，最后说满意或者基本满意的；没接通的不算"), ("content",), ("said",)
    ),
    Column(
        gettext_lazy("分流派单率"), gettext_lazy("这段时间最后定为复杂、重大疑难的里面，已经分派出去或者有单位受理的"),
        ("sent_on",), ("to_send_on",),
    ),
    Column(
        gettext_lazy("成员响应率"), gettext_lazy("这些难事里呼叫协办、到了四十八小时的，四十八小时内回应的，来不来都算"),
        ("replied",), ("called_in",),
    ),
    Column(
        gettext_lazy("调解联动率"), gettext_lazy("这些难事里，至少两个单位参加的：受理的，回应说派人来的，到了场的，办好销号的"),
        ("joint",), ("difficult",),
    ),
)  # fmt: skip
COLUMNS: dict[str, tuple[Column, ...]] = {
    THROUGHPUT: (
        *ALWAYS,
        Column(gettext_lazy("办结"), gettext_lazy("办结的件数，又重新办理的不算"), ("closed",)),
        Column(gettext_lazy("化解"), gettext_lazy("办结的里面，达成协议并且履行了的"), ("ended performed",)),
        Column(gettext_lazy("调解不成"), gettext_lazy("办结的里面，终止调解的"), ("ended failed",)),
        Column(
            gettext_lazy("撤回、移送、不予受理"), gettext_lazy("办结的里面，这三种的件数"),
            ("ended withdrawn", "ended handed_over", "ended rejected"),
        ),
        Column(
            gettext_lazy("调解成功率"), gettext_lazy("化解 ÷（化解＋调解不成）"),
            ("ended performed",), ("ended performed", "ended failed"),
        ),
        *RATES,
    ),
    COHORT: (
        *ALWAYS,
        Column(gettext_lazy("受理"), gettext_lazy("受理的件数，并案的不重复算"), ("taken",)),
        Column(gettext_lazy("达成协议"), gettext_lazy("受理的里面，到现在达成协议的，不管履行没有"), ("agreed",)),
        Column(gettext_lazy("期限内还在办"), gettext_lazy("受理的里面，现在没有到期、还在办的"), ("under way",)),
        Column(
            gettext_lazy("调处化解率"), gettext_lazy("达成协议 ÷（受理－期限内还在办）"), ("agreed",), ("taken and due",)
        ),
        *RATES,
    ),
}  # fmt: skip


@dataclass
class Line:
    """What one body did under one name."""

    body: Body | None  # none: all together
    name: str
    counts: Counter = field(default_factory=Counter)

    def cells(self, view: str) -> list[tuple[Column, int | Share]]:
        return [(column, column.of(self.counts)) for column in COLUMNS[view]]


def lines(bodies: list[Body], period: Period) -> list[Line]:
    """One for each name of each body that did something, in the order given; bodies that did nothing are left out."""
    found: dict[tuple[int, str], Line] = {}
    now = timezone.now()
    for part in period.parts(bodies):
        counted = _counted(bodies, part.moments, now)
        for body in bodies:
            name = body.name_on(part.last)
            line = found.setdefault((body.pk, name), Line(body, name))
            line.counts.update({figure: count[body.pk] for figure, count in counted.items() if count[body.pk]})
    order = {body.pk: n for n, body in enumerate(bodies)}
    return [found[key] for key in sorted(found, key=lambda key: order[key[0]]) if found[key].counts]


def together(rows: Iterable[Line]) -> Line:
    """The sum."""
    total = Line(None, _("合计"))
    for row in rows:
        total.counts.update(row.counts)
    return total


def _counted(bodies: list[Body], span: Span, now: datetime) -> Counts:
    counts: Counts = {}
    keys = [body.pk for body in bodies]
    for name, body, n in _figures(span, now, keys):
        counts.setdefault(name, Counter())[body] += n
    return counts


def _figures(span: Span, now: datetime, keys: list[int]) -> Iterator[tuple[str, int, int]]:
    """(figure, body, how many); the same figure may come several times."""
    for counting in (_visits, _received, _taken, _closed, _limits, _kept, _opinions, _three_hundreds):
        yield from counting(span, now, keys)


def _visits(span: Span, now: datetime, keys: list[int]) -> Iterator[tuple[str, int, int]]:
    """A visit counts whatever becomes of its matter."""
    found = Visit.objects.filter(_within("arrived_at", span), body__in=keys).order_by().values_list("body")
    for body, batches, persons in found.annotate(Count("pk"), Sum("persons")):
        yield "batches", body, batches
        yield "persons", body, persons


def _received(span: Span, now: datetime, keys: list[int]) -> Iterator[tuple[str, int, int]]:
    found = Dispute.objects.exclude(state=State.MERGED).filter(_within("registered_at", span), first_body__in=keys)
    yield from _by(found, "received", "first_body")


def _taken(span: Span, now: datetime, keys: list[int]) -> Iterator[tuple[str, int, int]]:
    """受理 in the period, as it stands now. In time and open: neither resolved nor yet to be resolved."""
    found = Dispute.objects.exclude(state=State.MERGED).filter(_within("accepted_at", span), body__in=keys)
    under_way = Q(state__in=OPEN) & (Q(due_at=None) | Q(due_at__gte=now))
    agreed = Q(state__in=AGREED) | Q(outcome__in=AGREED, closed_at__isnull=False)
    taken = found.order_by().values_list("body").annotate(n=Count("pk"), now=Count("pk", filter=under_way))
    for body, n, still in taken:
        yield from (("taken", body, n), ("under way", body, still), ("taken and due", body, n - still))
    yield from _by(found.annotate(outcome=_outcome()).filter(agreed), "agreed", "body")


def _closed(span: Span, now: datetime, keys: list[int]) -> Iterator[tuple[str, int, int]]:
    """What was opened again has no closing day any more."""
    found = Dispute.objects.exclude(state=State.MERGED).filter(_within("closed_at", span), body__in=keys)
    by_outcome = found.annotate(outcome=_outcome()).order_by().values_list("body", "outcome").annotate(Count("pk"))
    for body, outcome, n in by_outcome:
        yield "closed", body, n
        yield f"ended {outcome}", body, n


def _limits(span: Span, now: datetime, keys: list[int]) -> Iterator[tuple[str, int, int]]:
    """Clocks whose last moment lies in the period and is past, or which were stopped in time. The last moment is in time."""
    over = Q(due_at__lt=now) | Q(stopped_at__lte=F("due_at"))
    found = Clock.objects.filter(over, _within("due_at", span), body__in=keys, is_main=True)
    in_time = Q(stopped_at__lte=F("due_at"))
    for part, whole, key in (("answered", "to_answer", Q(key="respond")), ("timely", "to_mediate", MEDIATING)):
        yield from _by(found.filter(key), whole, "body")
        yield from _by(found.filter(key, in_time), part, "body")


def _kept(span: Span, now: datetime, keys: list[int]) -> Iterator[tuple[str, int, int]]:
    """By the rule of the page 履行跟踪: an agreement counts when its last day has passed."""
    first, end = (timezone.localdate(moment) for moment in span)
    theirs = Obligation.objects.filter(dispute__body__in=keys)
    for row in agreements_due(theirs, first, end - timedelta(days=1), "dispute__body"):
        yield "owed", row["dispute__body"], 1
        yield "performed", row["dispute__body"], int(not row["broken"])


def _opinions(span: Span, now: datetime, keys: list[int]) -> Iterator[tuple[str, int, int]]:
    """By the rule of the page 回访: each person counts once."""
    found = latest_words(Callback.objects.filter(_within("at", span), dispute__body__in=keys))
    yield from _by(found, "said", "dispute__body")
    yield from _by(found.filter(rating__in=CONTENT), "content", "dispute__body")


def _three_hundreds(span: Span, now: datetime, keys: list[int]) -> Iterator[tuple[str, int, int]]:
    """三个 100 %, from the ledger: who first received has to send on, who was called has to answer."""
    names = (("sent_on", "to_send_on"), ("replied", "called_in"), ("joint", "difficult"))
    for (part, whole), cases in zip(names, measures.three_hundreds(span, now), strict=True):
        for case in cases:
            yield whole, case.body, 1
            yield part, case.body, int(case.is_met)


def _by(found: QuerySet, name: str, body: str) -> Iterator[tuple[str, int, int]]:
    for key, n in found.order_by().values_list(body).annotate(Count("pk")):
        yield name, key, n


def _within(column: str, span: Span) -> Q:
    return Q(**{f"{column}__gte": span[0], f"{column}__lt": span[1]})


def _outcome() -> Subquery:
    """How it ended, as the last closing said."""
    closings = Entry.objects.filter(subject="dispute", subject_id=OuterRef("pk"), kind=Closed.kind).order_by("-seq")
    return Subquery(closings.values(said=KT("payload__outcome"))[:1], output_field=CharField())
