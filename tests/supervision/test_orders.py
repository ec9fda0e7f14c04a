"""交办、督办: given to who has to do with it, signed for, answered, accepted or sent back; late ones show."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.notices.models import Notice
from fengqiao.routing.restriction import restrict
from fengqiao.supervision.commands import orders
from fengqiao.supervision.models import Order, OrderState, Threshold, Verdict
from fengqiao.supervision.thresholds import order_due
from tests.delivering import work
from tests.fulfilment.scenes import a_scan
from tests.supervision.office import in_days, story
from tests.world import a_user


def given(office, dispute=None, **kw) -> Order:
    dispute = dispute or office.dispute()
    facts = {"kind": "supervise", "body": office.town.village, "words": "三天内和双方见面", "due_on": in_days(3)}
    return orders.give(dispute, **{**facts, "by": office.head, **kw})


class TestTheWayOfAnOrder:
    def test_it_is_signed_for_answered_sent_back_answered_again_and_accepted(self, office):
        order = given(office)
        orders.sign_for(order, by=office.village)
        first = orders.answer(order, words="打过电话，没人接", file=a_scan("通话记录.pdf"), by=office.village)
        orders.send_back(order, words="请上门", due_on=in_days(5), by=office.head)
        orders.answer(order, words="上门谈了，约好周五签", by=office.village)
        order = orders.accept(order, words="好", by=office.head)
        first.refresh_from_db()
        assert (first.verdict, first.paper.dispute) == (Verdict.SENT_BACK, order.dispute)
        assert (order.state, order.due_on) == (OrderState.ACCEPTED, in_days(5))
        assert [kind for kind in story(order.dispute) if kind.startswith("order.")] == [
            "order.given", "order.received", "order.answered", "order.sent_back", "order.answered", "order.accepted",
        ]  # fmt: skip

    def test_who_it_is_for_and_who_gave_it_are_told(self, office):
        order = given(office, by=office.leader, kind="assign")
        orders.answer(order, words="办了", by=office.village)
        work()
        assert Notice.objects.of(office.village).filter(entry__kind="order.given").count() == 1
        assert Notice.objects.of(office.leader).filter(entry__kind="order.answered").count() == 1
        assert Notice.objects.of(office.stranger).count() == 0

    def test_an_answer_signs_for_it_too(self, office):
        order = given(office)
        orders.answer(order, words="办了", by=office.village)
        assert Order.objects.get(pk=order.pk).received_by == office.village

    def test_it_is_late_once_its_last_day_is_over_and_not_while_the_answer_waits(self, office):
        order = given(office)
        with time_machine.travel(timezone.now() + timedelta(days=4)):
            assert list(Order.objects.late()) == [order]
            assert Order.objects.get(pk=order.pk).is_late
            orders.answer(order, words="办了", by=office.village)
            assert not Order.objects.late().exists()

    def test_it_can_be_withdrawn_and_then_nothing_more_is_done_to_it(self, office):
        order = orders.withdraw(given(office), reason="当事人和好了", by=office.head)
        with pytest.raises(Refused, match="已经办结或者撤销"):
            orders.answer(order, words="办了", by=office.village)


class TestWhoMay:
    def test_only_those_above_and_leaders_give_one(self, office):
        for person in (office.village, office.stranger, office.judge):
            with pytest.raises(Refused, match="只有上级单位、领导可以督办"):
                given(office, by=person)

    def test_it_goes_to_who_has_to_do_with_it_and_to_those_between(self, office):
        dispute = office.dispute()
        assert {body.pk for body in orders.may_be_ordered(dispute, office.head)} == {
            office.town.village.pk, office.town.branch.pk,
        }  # fmt: skip
        with pytest.raises(Refused, match="没有关系"):
            given(office, dispute, body=office.town.trade)

    def test_only_the_body_answers_and_only_the_givers_side_judges(self, office):
        order = given(office)
        with pytest.raises(Refused, match="的人可以办"):
            orders.sign_for(order, by=office.boss)
        with pytest.raises(Refused, match="不归您看"):
            orders.answer(order, words="办了", by=office.stranger)
        orders.answer(order, words="办了", by=office.village)
        with pytest.raises(Refused, match="下达的人"):
            orders.accept(order, by=office.boss)
        assert orders.accept(order, by=office.leader).state == OrderState.ACCEPTED

    def test_a_restricted_matter_stays_with_those_who_may_know(self, office):
        secret = office.dispute(is_restricted=True)
        with pytest.raises(Refused, match="只有"):
            given(office, secret)
        restrict(secret, people=[office.village, office.head], reason="要督办", by=office.village)
        secret = Dispute.objects.get(pk=secret.pk)
        order = given(office, secret)
        assert [body.pk for body in orders.may_be_ordered(secret, office.head)] == [office.town.village.pk]
        clerk = a_user(office.town.village)
        assert not Order.objects.visible_to(clerk).exists()
        assert list(Order.objects.visible_to(office.village)) == [order]


class TestTwoAtOnce:
    def test_an_old_form_is_stale(self, office):
        order = given(office)
        seen = order.version
        orders.sign_for(order, by=office.village, seen=seen)
        with pytest.raises(Stale):
            orders.sign_for(order, by=office.village, seen=seen)

    def test_nobody_signs_twice_or_judges_what_is_not_there(self, office):
        order = orders.sign_for(given(office), by=office.village)
        with pytest.raises(Refused, match="签收过了"):
            orders.sign_for(order, by=office.village)
        with pytest.raises(Refused, match="没有等着审"):
            orders.accept(order, by=office.head)


def test_how_long_an_order_leaves_is_the_districts_number(office):
    with time_machine.travel("2026-11-20T10:00+08:00"):  # a Friday
        assert order_due().isoformat() == "2026-11-27"
        Threshold.objects.create(key="order-days", n=2)
        assert order_due().isoformat() == "2026-11-24"


def test_without_words_or_for_a_day_gone_by_there_is_no_order(office):
    with pytest.raises(Refused, match="请写明"):
        given(office, words=" ")
    with pytest.raises(Refused, match="不能早于今天"):
        given(office, due_on=in_days(-1))
