"""The core: registering, advancing, clocks, search, passes, and a ledger that cannot be fooled."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from fengqiao.disputes import clocks, commands, passes, search
from fengqiao.disputes.events import Dispatched
from fengqiao.disputes.lifecycle import Act, State
from fengqiao.disputes.models import Clock, Dispute, Party
from fengqiao.kernel.calendar import TZ
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger import book
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import Role
from tests.world import a_category, a_committee, a_party, a_registered_dispute, a_user

pytestmark = pytest.mark.django_db


def story(dispute):
    return [entry.kind for entry in Entry.objects.of("dispute", dispute.pk)]


def dispatched(dispute, to, by):
    with transaction.atomic():
        return commands.advance(
            Dispute.objects.lock(dispute.pk), Act.DISPATCH, by=by, body=to, region_code=to.region.code,
            sender=dispute.body, event=Dispatched(body=to.name, body_id=to.pk),
        )  # fmt: skip


def test_a_dispute_is_registered_with_its_parties_its_clock_and_one_entry():
    dispute = a_registered_dispute()
    assert dispute.state == State.REGISTERED
    assert dispute.number.startswith(f"{timezone.localdate().year}-")
    assert dispute.parties.count() == 2
    assert dispute.main_clock.due_at - dispute.main_clock.started_at == timedelta(hours=48)
    assert story(dispute) == ["dispute.registered"]


def test_numbers_follow_each_other_without_a_gap():
    serials = [int(a_registered_dispute().number.split("-")[1]) for _ in range(3)]
    assert serials == [serials[0], serials[0] + 1, serials[0] + 2]


def test_a_dispute_without_an_applicant_is_refused():
    with pytest.raises(Refused, match="申请人"):
        a_registered_dispute(parties=[a_party(role="respondent")])


def test_handing_over_starts_a_new_clock_for_the_body_that_has_it_now():
    body, other = a_committee(), a_committee()
    clerk = a_user(body)
    dispute = a_registered_dispute(body, clerk)
    first = dispute.main_clock
    dispute = dispatched(dispute, other, clerk)
    assert dispute.state == State.ROUTED
    assert dispute.main_clock.body == other
    assert Clock.objects.get(pk=first.pk).stopped_at is not None


def test_only_the_handling_body_accepts_and_the_refusal_says_so():
    body = a_committee()
    dispute = a_registered_dispute(body)
    with pytest.raises(Refused, match="只有承办单位可以受理"), transaction.atomic():
        commands.advance(Dispute.objects.lock(dispute.pk), Act.ACCEPT, by=a_user(a_committee()))


def test_a_stale_form_is_told_so():
    dispute = a_registered_dispute()
    with pytest.raises(Stale), transaction.atomic():
        Dispute.objects.lock(dispute.pk, seen=dispute.version - 1)


def test_state_is_written_in_one_place():
    with pytest.raises(TypeError):
        Dispute.objects.update(state=State.ARCHIVED)


def test_lateness_is_told_once():
    with time_machine.travel(datetime(2026, 10, 8, 9, tzinfo=TZ), tick=False) as clock:
        dispute = a_registered_dispute()
        clock.move_to(datetime(2026, 10, 10, 9, 0, 1, tzinfo=TZ))
        assert clocks.tick() == 1
        assert clocks.tick() == 0
    assert story(dispute)[-1] == "clock.missed"


def test_what_identifies_a_person_is_not_in_the_database_in_clear():
    dispute = a_registered_dispute(parties=[a_party(phone="13905720001", home="某某小区4幢")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, home FROM disputes_party WHERE dispute_id = %s", [dispute.pk])
        phone, home = cursor.fetchone()
    assert "13905720001" not in phone
    assert "小区" not in home
    assert Party.objects.get(dispute=dispute).phone == "13905720001"


@pytest.mark.parametrize("words", ["渗水", "衣柜", "沈玉兰", "玉兰", "13905720001", "0001"])
def test_a_dispute_is_found_by_its_words_names_and_numbers(words):
    dispute = a_registered_dispute(parties=[a_party(name="沈玉兰", phone="13905720001")])
    a_registered_dispute(
        title="拖欠工资", facts="两个月没发工资。", parties=[a_party(name="李红", phone="13800000002")]
    )
    assert list(Dispute.objects.filter(search.matching(words))) == [dispute]
    assert list(Dispute.objects.filter(search.matching(dispute.number))) == [dispute]


def test_five_wrong_pins_lock_a_pass():
    dispute = a_registered_dispute()
    issued = commands.give_pass(dispute.applicants[0], by=a_user())
    assert passes.open_with(issued.access.code, issued.pin) == issued.access
    for _ in range(5):
        with pytest.raises(Refused):
            passes.open_with(issued.access.code, "x")
    with pytest.raises(Refused):
        passes.open_with(issued.access.code, issued.pin)


def test_nobody_rewrites_the_ledger():
    entry = Entry.objects.of("dispute", a_registered_dispute().pk).get()
    rows = Entry.objects.filter(pk=entry.pk)
    for attack in (
        lambda: rows.update(kind="x"),
        lambda: rows.update(payload={"by": "伪"}),
        lambda: rows._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attack()


def test_shredding_leaves_the_chain_whole():
    dispute = a_registered_dispute()
    assert book.shred(Entry.objects.of("dispute", dispute.pk)) == 1
    assert book.first_break("dispute", dispute.pk) is None
    assert "已按规定删除" in Entry.objects.of("dispute", dispute.pk).get().sentence


def test_verify_names_a_row_that_was_changed_behind_its_back():
    dispute = a_registered_dispute()
    dispatched(dispute, a_committee(), a_user(dispute.body))
    assert list(verify()) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE disputes_dispute SET amount_fen = 1 WHERE id = %s", [dispute.pk])
    assert [finding.row for finding in verify()] == [f"disputes.dispute:{dispute.pk}"]


def mediating(dispute, code, limit_key):
    clerk, mediator = a_user(dispute.body), a_user(dispute.body, Role.MEDIATOR)
    Dispute.objects.filter(pk=dispute.pk).update(category=a_category(code, code, limit_key=limit_key))
    with transaction.atomic():
        commands.advance(Dispute.objects.lock(dispute.pk), Act.ACCEPT, by=clerk, accepted_at=timezone.now())
    return clerk, mediator


@pytest.mark.parametrize(
    ("code", "limit_key", "due"),
    [("02", "mediate", datetime(2026, 4, 9, tzinfo=TZ)), ("10", "mediate.labour", datetime(2026, 3, 24, tzinfo=TZ))],
)
def test_the_month_counts_from_acceptance_and_a_labour_matters_fifteen_days_from_receipt(code, limit_key, due):
    with time_machine.travel(datetime(2026, 3, 6, 9, tzinfo=TZ), tick=False) as clock:
        dispute = a_registered_dispute()
        clock.move_to(datetime(2026, 3, 8, 9, tzinfo=TZ))
        clerk, mediator = mediating(dispute, code, limit_key)
        clock.move_to(datetime(2026, 3, 11, 9, tzinfo=TZ))
        with transaction.atomic():
            commands.advance(Dispute.objects.lock(dispute.pk), Act.ASSIGN, by=clerk, mediator=mediator)
        running = Dispute.objects.get(pk=dispute.pk).main_clock
    assert running.key == limit_key
    assert running.due_at == due, running.why
