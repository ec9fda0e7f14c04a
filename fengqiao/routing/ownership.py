"""Who had a dispute and who answered for it, at every second from its registration to its end, as the ledger alone tells it.

首接负责制 read back: the body that first received it leads until one accepts, whoever is given it a second time back is the
fallback window, and where that sends it, it stays. What does not hold is named.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from fengqiao.bodies.events import BodyEnded
from fengqiao.bodies.models import Body, Window, WindowKind
from fengqiao.disputes import events as e
from fengqiao.disputes.lifecycle import CLOSED
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry

from .first_receiver import REFUSALS

BATCH = 2000
SENT_ON = frozenset(one.kind for one in (e.Dispatched, e.Escalated, e.ReferredDown, e.Transferred))
MOVED = SENT_ON | {e.Returned.kind}
TAKEN_ON = frozenset({e.Accepted.kind, e.Reopened.kind})
# Decided without anybody's accepting: whoever decided answers for it.
DECIDED = frozenset(one.kind for one in (e.Rejected, e.Withdrawn, e.HandedOver))
OVER = frozenset({e.Archived.kind, e.Merged.kind})


@dataclass(frozen=True)
class Stretch:
    """From a moment up to, not including, another (None: still), a body has it and a body answers for it."""

    since: datetime
    until: datetime | None
    has: int
    leads: int


@dataclass(frozen=True)
class Breach:
    """What does not hold: of which dispute, at which entry of its story."""

    dispute: int
    seq: int
    why: str


@dataclass
class Owned:
    """One dispute's stretches, in order, and what does not hold."""

    stretches: list[Stretch] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    refusals: int = 0  # in all
    twice: int = 0  # how often it came to the fallback window
    is_over: bool = False

    @property
    def has(self) -> int:
        return self.stretches[-1].has if self.stretches else 0


@dataclass(frozen=True)
class County:
    """What the rule needs to know besides the story: who the last receivers are or were, and when bodies came to an end."""

    fallbacks: Collection[int]
    ended: dict[int, datetime]

    @classmethod
    def now(cls) -> "County":
        windows = Window.objects.filter(kind=WindowKind.FALLBACK).values_list("body_id", flat=True)
        root = Body.objects.root()
        ended = Entry.objects.filter(subject="body", kind=BodyEnded.kind).values_list("subject_id", "at")
        return cls({*windows, *([root.pk] if root else [])}, dict(ended))


def owned(story: Sequence[Entry], county: County) -> Owned:
    """Walk one story from its first entry."""
    walk = _Walk(story[0].subject_id, county)
    for entry in story:
        walk.step(entry)
    return walk.finished()


def check() -> Iterator[Owned]:
    """Every dispute of the ledger, one after the other."""
    county = County.now()
    known = set(Body.objects.values_list("pk", flat=True))
    entries = Entry.objects.filter(subject="dispute").order_by("subject_id", "seq").iterator(BATCH)
    for batch in _batches(groupby(entries, key=lambda entry: entry.subject_id)):
        rows = dict(Dispute.objects.filter(pk__in=[pk for pk, _story in batch]).values_list("pk", "body_id"))
        closed = set(Dispute.objects.filter(pk__in=rows, state__in=CLOSED).values_list("pk", flat=True))
        for pk, story in batch:
            found = owned(story, county)
            last = story[-1].seq
            if strangers := {one.has for one in found.stretches} - known:
                found.breaches.append(Breach(pk, last, _("单位 %(pk)s 不存在") % {"pk": min(strangers)}))
            if rows.get(pk) != found.has or (pk in closed) != found.is_over:
                found.breaches.append(Breach(pk, last, _("账本说的单位和现在的不一样")))
            yield found


def seconds(found: Iterable[Stretch], now: datetime) -> float:
    """How long somebody had it."""
    return sum(((one.until or now) - one.since for one in found), timedelta()).total_seconds()


class _Walk:
    def __init__(self, dispute: int, county: County) -> None:
        self.dispute, self.county, self.found = dispute, county, Owned()
        self.has = self.leads = self.first = 0
        self.since: datetime | None = None  # None: before the beginning, or over
        self.last: datetime | None = None
        self.refused = 0  # since somebody last accepted it
        self.waits = False  # it was sent on, and is not accepted yet

    def step(self, entry: Entry) -> None:
        told = entry.payload or {}
        if self.last and entry.at < self.last:
            self._breach(entry, _("时间倒着走，中间说不清是谁的"))
        self.last = entry.at
        if self.first == 0:
            self._begin(entry, told)
        elif entry.kind in MOVED:
            self._move(entry, told)
        elif entry.kind in TAKEN_ON:
            self._take_on(entry, told)
        elif entry.kind in DECIDED:
            self._turn(entry.at, self.has, self.has)
            self.waits = False
        elif entry.kind in OVER:
            self._end(entry.at)

    def finished(self) -> Owned:
        if self.since is not None:
            self.found.stretches.append(Stretch(self.since, None, self.has, self.leads))
        self.found.is_over = self.since is None
        for one in self.found.stretches:
            gone = self.county.ended.get(one.has)
            if gone and (one.until is None or one.until > gone):
                self.found.breaches.append(Breach(self.dispute, 0, _("单位已经撤销，还挂着这件事")))
        return self.found

    def _begin(self, entry: Entry, told: dict) -> None:
        self.first = told.get("body_id") or 0
        if entry.kind != e.Registered.kind or not self.first:
            self._breach(entry, _("不是从登记开始的"))
        self._turn(entry.at, self.first, self.first)

    def _move(self, entry: Entry, told: dict) -> None:
        to, giver = told.get("body_id") or 0, self.has
        if self.since is None:
            self._breach(entry, _("已经结束，又送走了"))
        if not to:
            self._breach(entry, _("送走了，没有说送给谁"))
        is_return = entry.kind == e.Returned.kind
        if self.waits and self.refused >= REFUSALS and (is_return or entry.kind == e.Escalated.kind):
            self._breach(entry, _("退过两次以后由兜底窗口定的，又不接了"))
        if is_return:
            self.refused += 1
            self.found.refusals += 1
            if self.refused == REFUSALS:
                self.found.twice += 1
            if self.refused >= REFUSALS and to not in self.county.fallbacks and giver not in self.county.fallbacks:
                self._breach(entry, _("第二次退回没有到兜底窗口"))
        self.waits = not is_return
        self._turn(entry.at, to, self.first)

    def _take_on(self, entry: Entry, told: dict) -> None:
        by = told.get("body_id", self.has)
        if self.since is None and entry.kind == e.Accepted.kind:
            self._breach(entry, _("已经结束，又送走了"))
        if by != self.has:
            self._breach(entry, _("不是手上有这件事的单位受理的"))
        self.refused, self.waits = 0, False
        self._turn(entry.at, self.has, self.has)

    def _turn(self, at: datetime, has: int, leads: int) -> None:
        """From now on it is with this body, and that one answers for it."""
        if (has, leads) == (self.has, self.leads) and self.since is not None:
            return
        self._end(at)
        self.since, self.has, self.leads = at, has, leads

    def _end(self, at: datetime) -> None:
        if self.since is not None:
            self.found.stretches.append(Stretch(self.since, at, self.has, self.leads))
        self.since = None

    def _breach(self, entry: Entry, why: str) -> None:
        self.found.breaches.append(Breach(self.dispute, entry.seq, why))


def _batches(stories: Iterable[tuple[int, Iterable[Entry]]]) -> Iterator[list[tuple[int, list[Entry]]]]:
    found = []
    for pk, story in stories:
        found.append((pk, list(story)))
        if len(found) == BATCH // 10:
            yield found
            found = []
    if found:
        yield found


@dataclass
class Report:
    """What `check_ownership` counts."""

    disputes: int = 0
    stretches: int = 0
    seconds: float = 0.0
    refused: Counter[int] = field(default_factory=Counter)  # how many disputes were given back how often
    twice: int = 0
    breaches: list[Breach] = field(default_factory=list)

    def add(self, found: Owned, now: datetime) -> None:
        self.disputes += 1
        self.stretches += len(found.stretches)
        self.seconds += seconds(found.stretches, now)
        self.refused[found.refusals] += 1
        self.twice += found.twice
        self.breaches += found.breaches
