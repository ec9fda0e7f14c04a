"""The year goes by: from moment to moment, each dispute on its way, the worker at its rounds. Stopped at any time, it goes on.

What becomes of a dispute is drawn from the seed, its number and its version, and everything else is read from what is
stored. So nothing has to be kept of a run but its three numbers, and killing it loses nothing.
"""

import heapq
import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from fengqiao.disputes.models import Clock, Dispute, Obligation, ObligationState
from fengqiao.disputes.warning_steps import LONGEST_AHEAD, plans
from fengqiao.district.backdating import Hands, clock_from
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.people.models import SYSTEM

from . import deeds
from .arrivals import arrival, moments
from .cast import cast
from .deeds import Deed
from .ways import way_on

FILE = "demo_year.json"
ROUNDS = (8, 11, 14, 17, 20)  # the hours at which the worker looks; and after every midnight that has something to seal
TOGETHER = 100  # acts of one transaction, at most
MOST_REFUSALS = 6  # in a row, for one dispute; then it stays as it is
BEFORE = timedelta(days=1)  # the accounts are opened the day before the year begins


@dataclass(frozen=True)
class Plan:
    """What makes a year: the same three numbers give the same one."""

    count: int
    seed: int
    end: str  # of the year, ISO

    @property
    def ends(self) -> datetime:
        return datetime.fromisoformat(self.end)

    @classmethod
    def stored(cls) -> Self | None:
        """The one that was begun in this home folder."""
        path = Path(settings.FENGQIAO_HOME) / FILE
        return cls(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None

    def store(self) -> Self:
        (Path(settings.FENGQIAO_HOME) / FILE).write_text(json.dumps(asdict(self)), encoding="utf-8")
        return self

    def ref(self, n: int) -> str:
        return f"year-{self.seed}-{n}"


@dataclass
class Year:
    """One run of it."""

    plan: Plan
    by_clock: Callable[[], object]
    told: Callable[[int, int, datetime], object]  # how many have come in, of how many, and when it is
    refused: Counter[str] = field(default_factory=Counter)
    acts: int = 0
    _coming: list[tuple[datetime, int, int, Deed | None]] = field(default_factory=list)  # when, which, its key, what
    _has_acted: bool = False  # since the last midnight, so that there is a day to seal
    _patience: Counter[int] = field(default_factory=Counter)

    def live(self) -> None:
        """From where it stands to its end."""
        arrivals = moments(self.plan.count, seed=self.plan.seed, end=self.plan.ends)
        # the district itself was loaded today, which is later than all that happens in the year
        last = Entry.objects.filter(subject="dispute").aggregate(at=Max("at"))["at"]
        start = arrivals[0].replace(hour=0, minute=0) - BEFORE
        with translation.override("zh-hans"), clock_from(max(start, last or start)) as hands:
            self._cast = cast()
            self._line_up(arrivals)
            next_round = _next_round(hands.now)
            while self._coming:
                next_round = self._wait(self._coming[0][0], hands, next_round)
                self._until(next_round, hands)
            self._wait(self.plan.ends, hands, next_round)

    def _line_up(self, arrivals: list[datetime]) -> None:
        """Who is still to come in, and what is to be done next to those who have."""
        there = dict(
            Dispute.objects.filter(external_ref__startswith=self.plan.ref(0)[:-1]).values_list("external_ref", "pk")
        )
        people = Entry.objects.filter(subject="dispute").exclude(actor=SYSTEM.ledger_id).order_by()
        lately = dict(people.values_list("subject_id").annotate(at=Max("at")))
        self.begun = len(there)
        for n, moment in enumerate(arrivals):
            pk = there.get(self.plan.ref(n), 0)
            if pk:
                self._next(n, pk, lately[pk].replace(second=0, microsecond=0))
            else:
                heapq.heappush(self._coming, (moment, n, 0, None))

    @transaction.atomic
    def _until(self, next_round: datetime, hands: Hands) -> None:
        """What is done before the worker looks again is kept as one: whoever is killed here lives it once more, the same."""
        for _n in range(TOGETHER):
            if not self._coming or self._coming[0][0] > next_round:
                return
            moment, n, pk, deed = heapq.heappop(self._coming)
            hands.forward(moment)
            self._do(n, pk, deed, moment)

    def _do(self, n: int, pk: int, deed: Deed | None, moment: datetime) -> None:
        if deed is None:
            pk = deeds.come_in(self._cast, arrival(n, moment, seed=self.plan.seed), self.plan.ref(n)).pk
            self.begun += 1
        else:
            dispute = self._read(pk)
            try:
                with transaction.atomic():
                    deed(self._cast, dispute, self._chance(n, dispute, "deed"))
                self._patience[n] = 0
            except Refused as refused:
                self._patience[n] += 1
                self.refused[f"{deed.__name__}: {refused}"] += 1
        self.acts += 1
        self._has_acted = True
        self._next(n, pk, moment)
        self.told(self.begun, self.plan.count, moment)

    def _next(self, n: int, pk: int, moment: datetime) -> None:
        """Draw what comes next and put it in line, if it comes within the year."""
        if self._patience[n] >= MOST_REFUSALS:
            return
        dispute = self._read(pk)
        found = way_on(dispute, moment, self._chance(n, dispute, "way"))
        if found and found[0] <= self.plan.ends:
            heapq.heappush(self._coming, (found[0], n, pk, found[1]))

    def _read(self, pk: int) -> Dispute:
        """As it stands now, with the body and the mediator that are known already."""
        dispute = Dispute.objects.get(pk=pk)
        dispute.body = self._cast.bodies[dispute.body_id]
        if dispute.mediator_id in self._cast.people:
            dispute.mediator = self._cast.people[dispute.mediator_id]
        return dispute

    def _chance(self, n: int, dispute: Dispute, what: str) -> random.Random:
        return random.Random(f"{self.plan.seed} {n} {dispute.version} {self._patience[n]} {what}")  # noqa: S311

    def _wait(self, moment: datetime, hands: Hands, next_round: datetime) -> datetime:
        """The worker makes its rounds until then, where there is something for it to do."""
        while next_round < moment:
            is_night = next_round.hour == 0
            if _is_something_due(next_round) or (is_night and (self._has_acted or _is_something_missed(next_round))):
                hands.forward(next_round)
                self.by_clock()
                self._has_acted = self._has_acted and not is_night
            next_round = _next_round(next_round)
        return next_round


def _next_round(now: datetime) -> datetime:
    """The next time at which the worker looks."""
    here = timezone.localtime(now)
    today = [here.replace(hour=hour, minute=1, second=0, microsecond=0) for hour in ROUNDS]
    midnight = (here + timedelta(days=1)).replace(hour=0, minute=6, second=0, microsecond=0)
    return next((one for one in today if one > here), midnight)


def _is_something_due(at: datetime) -> bool:
    """Somebody waits to be told, or a limit that nobody was told of is near or over."""
    if DBTaskResult.objects.ready().exists():
        return True
    untold = Clock.objects.filter(stopped_at=None, is_main=True).exclude(told_step__gte=0)
    return untold.filter(Q(due_at__lte=at) | Q(told_step=None, due_at__lte=at + _ahead())).exists()


def _is_something_missed(at: datetime) -> bool:
    """A day has gone by on which something was owed, and nobody has noted it yet."""
    owed = Obligation.objects.filter(state=ObligationState.DUE, miss=None)
    return owed.filter(due_on__lt=timezone.localdate(at)).exists()


def _ahead() -> timedelta:
    """How long before its end somebody may have to be told of a limit."""
    return timedelta(hours=min(LONGEST_AHEAD, -min(step.hours for step in plans()(""))))
