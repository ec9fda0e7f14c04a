"""日清, 月研判, 督查登记: what is found by rule, and what people say of it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from fengqiao.callbacks import commands as callbacks
from fengqiao.disputes import clocks
from fengqiao.disputes.models import Willing
from fengqiao.intake.commands import record_visit
from fengqiao.kernel.errors import Refused
from fengqiao.mediation import commands as mediation
from fengqiao.mediation.commands.course import Consent
from fengqiao.mediation.roster import RecusalCheck
from fengqiao.people.models import Role
from fengqiao.routing import commands as routing
from fengqiao.supervision.clearing import cleared, day_of
from fengqiao.supervision.commands import clearing, lapses, reviewing
from fengqiao.supervision.difficult import difficult_for, grounds_of, month_of
from fengqiao.supervision.finding import in_a_missed_limit
from fengqiao.supervision.models import Carried, Lapse, LapseKind, LapseState, Threshold
from tests.delivering import work
from tests.world import a_user


class TestTheDay:
    def test_is_signed_off_and_what_is_left_stands_on_the_next_page(self, office):
        village, today = office.town.village, timezone.localdate()
        done, left = office.dispute(), office.dispute()
        routing.accept(done, by=office.village)
        lines = day_of(village, today, office.village)
        assert ({line.dispute for line in lines}, cleared(lines)) == ({done, left}, 1)
        signed = clearing.sign_off(village, day=today, by=office.village, words="明天先办那一件")
        assert signed.lines.filter(is_cleared=False).get().dispute == left
        tomorrow = today + timedelta(days=1)
        carried = [line for line in day_of(village, tomorrow, office.village) if line.why == Carried.LEFT]
        assert [(line.dispute, line.since) for line in carried] == [(left, today)]
        routing.accept(left, by=office.village)
        assert [line.is_cleared for line in day_of(village, tomorrow, office.village) if line.since == today] == [True]

    def test_what_falls_due_is_cleared_when_its_clock_has_stopped(self, office):
        with time_machine.travel(timezone.now() - timedelta(hours=48), tick=False):
            dispute = office.dispute()
        today = timezone.localdate()
        line = next(one for one in day_of(office.town.village, today, office.village) if one.why == Carried.DUE)
        assert (line.dispute, line.is_cleared) == (dispute, False)
        routing.accept(dispute, by=office.village)
        line = next(one for one in day_of(office.town.village, today, office.village) if one.why == Carried.DUE)
        assert line.is_cleared

    def test_is_signed_by_the_head_once_and_not_before_it_comes(self, office):
        village, today = office.town.village, timezone.localdate()
        for person in (office.boss, a_user(village, Role.DISPATCHER)):
            with pytest.raises(Refused, match="负责人签"):
                clearing.sign_off(village, day=today, by=person)
        with pytest.raises(Refused, match="还没到"):
            clearing.sign_off(village, day=today + timedelta(days=1), by=office.village)
        clearing.sign_off(village, day=today, by=office.village)
        with pytest.raises(Refused, match="已经签过"):
            clearing.sign_off(village, day=today, by=office.village)


class TestTheMonth:
    def test_lists_by_the_districts_numbers_and_takes_one_conclusion(self, office):
        with time_machine.travel(timezone.now() - timedelta(days=70)):
            old = office.dispute()
        office.dispute()
        month = month_of(timezone.localdate())
        found = list(difficult_for(office.head, month))
        assert found == [old]
        assert grounds_of(found[0]) == ["办了 70 天"]
        reviewing.conclude(old, conclusion="order", words="请村里三天内见面", by=office.head)
        with pytest.raises(Refused, match="已经研判过"):
            reviewing.conclude(old, conclusion="watch", words="再看", by=office.head)
        Threshold.objects.create(key="review-age", n=90)
        assert not difficult_for(office.head, month).exists()

    def test_a_refusal_an_extension_and_repeated_visits_count_each_for_themselves(self, office):
        refused, extended, visited = (office.dispute() for _ in range(3))
        mediator = a_user(office.town.village, Role.MEDIATOR)
        for dispute in (refused, extended):
            mediation.assign(
                routing.accept(dispute, by=office.village), mediator=mediator, recusal=RecusalCheck(), by=office.village
            )
        mediation.record_willingness(refused.respondents[0], willing=Willing.NO, remark="电话里", by=mediator)
        for party in extended.parties.all():
            mediation.record_willingness(party, willing=Willing.YES, remark="电话里", by=mediator)
        mediation.inform_rights(extended, told=list(extended.parties.all()), how="oral", by=mediator)
        consent = Consent(parties=list(extended.parties.all()), how="phone")
        mediation.extend(extended, days=5, consent=consent, reason="等材料", by=mediator)
        for _ in range(3):  # the first is no repeat
            record_visit(visited, persons=1, by=office.village)
        found = {row.pk: grounds_of(row) for row in difficult_for(office.head, month_of(timezone.localdate()))}
        assert found == {refused.pk: ["拒绝 1 次"], extended.pk: ["延期 1 次"], visited.pk: ["重复来访 2 次"]}

    def test_is_for_heads_of_who_has_it_and_who_is_above(self, office):
        with time_machine.travel(timezone.now() - timedelta(days=70)):
            old = office.dispute()
        month = month_of(timezone.localdate())
        assert not difficult_for(office.stranger, month).exists()
        for person in (office.stranger, a_user(office.town.village)):
            with pytest.raises(Refused, match="研判由"):
                reviewing.conclude(old, conclusion="watch", words="再看", by=person)
        for person in (office.village, office.boss, office.leader):
            reviewing.conclude(old, conclusion="watch", words="再看", by=person)


class TestLapses:
    def test_a_missed_limit_is_a_candidate_until_somebody_looks_at_it(self, office):
        with time_machine.travel(timezone.now() - timedelta(hours=60)):
            dispute = office.dispute()
        clocks.tick()
        work()
        lapse = Lapse.objects.get()
        assert (lapse.dispute, lapse.body, lapse.kind) == (dispute, office.town.village, LapseKind.NOT_ACCEPTED)
        assert not Lapse.objects.visible_to(office.village).exists()
        assert not Lapse.objects.visible_to(office.stranger).exists()
        lapse = lapses.confirm(lapse, reason="值班没交接", by=office.boss)
        assert lapse.state == LapseState.CONFIRMED
        assert list(Lapse.objects.visible_to(office.village)) == [lapse]
        with pytest.raises(Refused, match="已经核实过"):
            lapses.dismiss(lapse, reason="算错", by=office.head)

    def test_told_twice_it_is_found_once(self, office):
        with time_machine.travel(timezone.now() - timedelta(hours=60)):
            office.dispute()
        clocks.tick()
        work()
        in_a_missed_limit(Lapse.objects.get().entry)
        assert Lapse.objects.count() == 1

    def test_what_was_turned_away_and_is_done_after_all_may_have_been_wrong(self, office):
        dispute = office.dispute()
        routing.reject(dispute, reason="reserved", remedies=["court"], by=office.village)
        callbacks.close(dispute, outcome="", remark="", by=office.village)
        callbacks.reopen(dispute, reason="其实归我们管", by=office.village)
        work()
        lapse = Lapse.objects.get()
        assert (lapse.kind, lapse.body) == (LapseKind.NOT_ACCEPTED, office.town.village)
        assert lapses.dismiss(lapse, reason="情况变了", by=office.leader).state == LapseState.DISMISSED

    def test_the_body_itself_does_not_decide(self, office):
        with time_machine.travel(timezone.now() - timedelta(hours=60)):
            office.town.dispute(office.town.branch)
        clocks.tick()
        work()
        lapse = Lapse.objects.get()
        with pytest.raises(Refused, match="不归您看"):
            lapses.dismiss(lapse, reason="没有的事", by=office.boss)
        assert lapses.dismiss(lapse, reason="系统停了", by=office.head).state == LapseState.DISMISSED
