"""A district teaches the reading of texts by what its people decided, and can go back."""

from functools import cache

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengqiao.disputes.models import Category
from fengqiao.intake.understanding import learning, training
from fengqiao.intake.understanding.asking import proposed
from fengqiao.intake.understanding.embedding import HAS_MEANINGS, meaning
from fengqiao.intake.understanding.models import Learnt
from fengqiao.intake.understanding.weights import shipped
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role
from tests.world import a_category, a_committee, a_registered_dispute, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # nothing of it asks an engine for anything of its own
needs_meanings = pytest.mark.skipif(not HAS_MEANINGS, reason="this machine has no model of meanings")
# Words of this county alone, which the shipped weights cannot know: who goes out with the nets, and what for.
STRANGE = [
    "流刺网{n}号船的份子没有分",
    "大副说{n}号舱的账下水再算",
    "拖网船{n}回港三天没人结",
    "渔汛过了{n}航次的红没见着",
    "{n}号蟹笼船的上岸钱",
]


# Each text is placed once for all tests here: that is what takes time, and it is always the same.
placed_once = cache(meaning)


@pytest.fixture(autouse=True)
def _placed_once(monkeypatch):
    monkeypatch.setattr(training, "meaning", placed_once)


@pytest.fixture
def office():
    return a_committee()


@pytest.fixture
def labour():
    category = a_category()
    Category.objects.filter(pk=category.pk).update(crosswalk={"dispute16": ["L"]})
    return Category.objects.get(pk=category.pk)


@pytest.fixture
def decided(office, labour):
    """Sixty disputes of the sea, each put into labour by people."""
    user = a_user(office, Role.CLERK)
    model = a_registered_dispute(office, user)
    for n in range(60):
        model.pk, model.number, model.external_ref = None, f"2026-9{n:03}", None
        model.title, model.facts, model.category = STRANGE[n % 5].format(n=n), STRANGE[(n + 1) % 5].format(n=n), labour
        model._state.adding = True
        model.save()


@needs_meanings
def test_what_people_decided_is_learnt_and_put_in_force_because_it_is_better(decided):
    row = learning.learn()
    assert row.after > row.before
    assert row.is_in_force
    assert learning.in_force().version == row.weights["version"]
    assert learning.in_force().urgency == shipped().urgency
    assert set(row.weights) == {"version", "figures", "kinds"}
    assert Entry.objects.of("reading", 1).latest("seq").kind == "reading.learnt"


@needs_meanings
def test_a_second_training_that_is_no_better_replaces_nothing_and_one_can_go_back_to_what_was_shipped(decided):
    first = learning.learn()
    second = learning.learn()
    assert second.is_in_force == (second.after > second.before)
    if second.is_in_force:
        assert learning.go_back() == first
    assert learning.go_back() is None
    assert learning.in_force() is shipped()
    assert not Learnt.objects.filter(is_in_force=True).exists()
    with pytest.raises(CommandError, match="没有可以退回的"):
        call_command("train", "--back")


@needs_meanings
def test_too_few_texts_teach_nothing(labour):
    with pytest.raises(CommandError, match="至少要"):
        call_command("train")
    assert not Learnt.objects.exists()


def test_where_it_is_sure_one_category_is_proposed_with_its_words_and_where_not_two_are_asked_about(labour):
    sure = proposed("包工头跑了，我们二十几个工友三个月的工资一分没发，讨薪无门")
    assert sure.choices == (labour,)
    assert not sure.asks
    assert "工资" in sure.reading.kind.because
    assert proposed("不好说") is None


def test_a_proposal_asks_the_database_little(labour):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        proposed("包工头跑了，我们二十几个工友三个月的工资一分没发，讨薪无门")
    assert len(asked) <= 3
