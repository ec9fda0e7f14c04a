"""A year of a district: the same by the same seed, stopped at any time it goes on, and its record tells of an owner at every second.

A few disputes in the suite; FENGQIAO_YEAR says how many (docs/year.md).
"""

import os
from collections import Counter
from datetime import datetime
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from fengqiao.disputes.lifecycle import OPEN, State
from fengqiao.disputes.models import Dispute, TierStay
from fengqiao.district.demo.year import arrivals, cast, living
from fengqiao.district.demo.year.living import Plan
from fengqiao.district.demo.year.matters import BY_KIND
from fengqiao.district.demo.year.ways import BY_STATE, WAYS, Phase
from fengqiao.kernel.calendar import TZ
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from tests.world import a_registered_dispute

pytestmark = pytest.mark.once  # it is built of commands, each of them tried on both engines
DISPUTES = int(os.environ.get("FENGQIAO_YEAR", "2"))
END = datetime(2026, 11, 20, 12, tzinfo=TZ)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A place of its own; the worker stays in the test's transaction."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    with override_settings(FENGQIAO_HOME=tmp_path):
        yield tmp_path


def year(count: int = DISPUTES, **options) -> str:
    call_command("demo", year=count, stdout=(told := StringIO()), stderr=StringIO(), **options)
    return told.getvalue()


def test_people_come_as_in_the_data_and_the_same_ones_every_time():
    moments = arrivals.moments(4000, seed=1, end=END)
    assert moments == arrivals.moments(4000, seed=1, end=END) == sorted(moments)
    assert moments != arrivals.moments(4000, seed=2, end=END)
    days = Counter(timezone.localtime(one).weekday() for one in moments)
    assert days[0] > days[4] > days[6], "Mondays are full, Sundays are not"
    assert (END - moments[0]).days in range(360, 367)
    kinds = Counter(arrivals.arrival(n, END, seed=1).matter.kind for n in range(1500))
    assert kinds["R"] > kinds["T"] > kinds["O"]
    lengths = sorted(len(arrivals.arrival(n, END, seed=1).facts) for n in range(400))
    assert 180 < lengths[200] < 330, "half of the letters are longer than 247 characters"


def test_every_kind_has_its_matters_and_every_state_its_ways():
    assert set(arrivals.SHARES["kinds"]) <= set(BY_KIND)
    assert set(BY_STATE) | {State.REGISTERED, State.MEDIATING, State.FOLLOW_UP} == set(State)
    assert set(WAYS) == set(Phase)


@pytest.mark.django_db
@pytest.mark.usefixtures("wuxing", "home")
def test_stopped_half_way_it_goes_on_to_the_same_end_and_always_has_an_owner(monkeypatch):
    acted = living.Year._do
    monkeypatch.setattr(living, "ROUNDS", (20,))
    monkeypatch.setattr(cast, "MEDIATORS", 1)

    def pulled(self, *args):
        if self.acts == 9:
            raise KeyboardInterrupt
        acted(self, *args)

    with monkeypatch.context() as patch:
        patch.setattr(living.Year, "_do", pulled)
        with pytest.raises(KeyboardInterrupt):
            year()
    with pytest.raises(CommandError, match="没有模拟完"):
        year(DISPUTES + 1)
    assert Entry.objects.filter(subject="dispute").exists()
    told = year()
    assert Dispute.objects.count() == DISPUTES
    assert f"纠纷 disputes{' ' * 25}{DISPUTES}" in told
    assert set(Dispute.objects.values_list("external_ref", flat=True)) == {f"year-1-{n}" for n in range(DISPUTES)}
    assert list(verify()) == []
    for command in ("check_ownership", "replay_decisions"):
        call_command(command, stdout=StringIO())
    assert_the_tiers_keep_time()


def assert_the_tiers_keep_time() -> None:
    """Who stands on a tier has its clock running; who has left it has it stopped; nobody stands on two, or on one when it is over."""
    stays = TierStay.objects.all()
    assert stays.exists()
    assert not stays.filter(ended_at=None).exclude(clock__stopped_at=None).exists()
    assert not stays.exclude(ended_at=None).filter(clock__stopped_at=None).exists()
    running = list(stays.filter(ended_at=None).values_list("dispute_id", flat=True))
    assert len(running) == len(set(running))
    assert not Dispute.objects.filter(pk__in=running).exclude(state__in=OPEN).exists()
    for pk in stays.values_list("dispute_id", flat=True).distinct():
        theirs = list(stays.filter(dispute=pk).order_by("entered_at"))
        assert all(one.ended_at and one.ended_at <= after.entered_at for one, after in pairwise(theirs))


@pytest.mark.django_db
@pytest.mark.usefixtures("wuxing", "home")
def test_a_year_is_not_lived_where_people_work():
    a_registered_dispute()
    with pytest.raises(CommandError, match="只建在空的系统里"):
        year()
    assert Plan.stored() is None
