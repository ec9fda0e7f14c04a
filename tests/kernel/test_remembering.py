"""What a transaction asked once: asked again only after it wrote there, took something back, or ended."""

import pytest
from django.db import transaction

from fengqiao.disputes.limits import LimitRule
from fengqiao.kernel.remembering import asked_once

asked: list[str] = []


@asked_once("disputes_limitrule")
def keys() -> tuple[str, ...]:
    asked.append("")
    return tuple(LimitRule.objects.order_by("key").values_list("key", flat=True))


@pytest.fixture(autouse=True)
def _nothing_asked():
    asked.clear()


def a_rule(key: str) -> LimitRule:
    return LimitRule.objects.create(key=key, n=1, unit="hour", basis="测试")


@pytest.mark.django_db
def test_a_question_is_asked_once_and_again_after_every_kind_of_change():
    assert keys() == keys() == ()
    assert len(asked) == 1
    rule = a_rule("one")
    assert keys() == keys() == ("one",)
    LimitRule.objects.filter(pk=rule.pk).update(key="two")
    assert keys() == ("two",)
    LimitRule.objects.bulk_create([LimitRule(key="three", n=1, unit="hour", basis="测试")])
    assert keys() == ("three", "two")
    LimitRule.objects.all().delete()
    assert keys() == ()
    assert len(asked) == 5


@pytest.mark.django_db
def test_what_was_taken_back_is_forgotten():
    assert keys() == ()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        a_rule("one")
        assert keys() == ("one",)
        raise ZeroDivisionError
    assert keys() == ()


@pytest.mark.django_db(transaction=True)
def test_the_next_transaction_asks_anew_and_outside_of_one_nothing_is_kept():
    for _time in range(2):
        with transaction.atomic():
            keys()
            keys()
    assert len(asked) == 2
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        a_rule("one")
        assert keys() == ("one",)
        raise ZeroDivisionError
    with transaction.atomic():
        assert keys() == ()
    keys()
    keys()
    assert len(asked) == 6
