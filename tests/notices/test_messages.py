"""Who is told outside the house, of what, in which words, and when: only their own matter, only what they want."""

from datetime import time, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from fengqiao.disputes import clocks
from fengqiao.disputes.commands import give_pass
from fengqiao.disputes.models import Willing
from fengqiao.disputes.passes import PartyActor
from fengqiao.intake.commands import receive
from fengqiao.intake.drafts import ConsentDraft, ReceptionDraft
from fengqiao.intake.needs import NO_SMS
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.mediation import commands as mediation
from fengqiao.mediation.roster import RecusalCheck
from fengqiao.notices import commands, digest, residents
from fengqiao.notices.models import Channel, Message, Notice, Why
from fengqiao.notices.outgoing import channels_of
from fengqiao.people.models import Role
from fengqiao.routing import commands as routing
from tests.delivering import work
from tests.notices.conftest import NIGHT, NOON
from tests.world import a_category, a_party, a_user

pytestmark = pytest.mark.django_db
APPLICANT, RESPONDENT = "13957220001", "13957220002"


def came_in(town, *, needs=(), restricted=False):
    """Somebody was received at the window, agreed to the notice and holds a slip."""
    parties = [
        a_party(phone=APPLICANT, name="沈玉兰", needs=needs),
        a_party("respondent", phone=RESPONDENT, name="周建国"),
    ]
    draft = ReceptionDraft(
        parties=parties, facts="楼上卫生间漏水，天花板泡坏了。", title="楼上漏水泡坏天花板", category=a_category(),
        place=town.centre.region, consent=ConsentDraft(), is_restricted=restricted,
    )  # fmt: skip
    return receive(draft=draft, by=a_user(town.branch, Role.MANAGER)).dispute


@pytest.fixture
def dispute(town, noon):
    return came_in(town)


def sent(party=None) -> list[str]:
    rows = Message.objects.filter(party=party) if party else Message.objects.exclude(party=None)
    return [message.occasion for message in rows.order_by("pk")]


def test_the_applicant_hears_that_it_is_registered_with_the_code_and_nothing_that_happened(dispute):
    work()
    one = Message.objects.get()
    assert (one.occasion, one.party, one.parts) == ("registered", dispute.applicants[0], 2)
    assert dispute.number in one.words and dispute.applicants[0].access.code in one.words and "/my/" in one.words
    for secret in ("沈玉兰", "周建国", "漏水", "天花板", APPLICANT):
        assert secret not in one.words


def test_the_words_are_sealed_and_no_number_stands_in_the_table(dispute):
    work()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_message")
        row = " ".join(map(str, cursor.fetchone()))
    assert dispute.number not in row and APPLICANT not in row


def test_being_told_twice_adds_nothing(dispute):
    entry = Entry.objects.get(kind="pass.issued")
    residents.tell_parties(entry)
    residents.tell_parties(entry)
    assert sent() == ["registered"]


def test_a_new_code_is_told_to_whom_it_is_of(dispute):
    give_pass(dispute.applicants[0], by=a_user(dispute.body))
    work()
    assert sent(dispute.applicants[0]) == ["registered", "code_changed"]


def test_a_matter_on_its_way_is_told_step_by_step(town, dispute):
    manager, mediator = a_user(town.village, Role.MANAGER), a_user(town.village, Role.MEDIATOR)
    routing.dispatch(dispute, to=town.village, by=a_user(town.branch, Role.MANAGER))
    dispute = routing.accept(type(dispute).objects.get(pk=dispute.pk), by=manager)
    mediation.assign(dispute, mediator=mediator, recusal=RecusalCheck(), by=manager)
    dispute.refresh_from_db()
    mediation.record_willingness(dispute.respondents[0], willing=Willing.YES, remark="", by=mediator)
    session = mediation.schedule(dispute, at=NOON + timedelta(days=1), place="沈玉兰家", by=mediator)
    mediation.cancel_session(session, reason="对方生病", by=mediator)
    work()
    assert sent(dispute.applicants[0]) == [
        "registered", "dispatched", "accepted", "session_scheduled", "session_cancelled",
    ]  # fmt: skip
    assert sent(dispute.respondents[0]) == ["session_scheduled", "session_cancelled"]
    words = Message.objects.filter(occasion="session_scheduled").first().words
    assert "11月24日 周二 12:00" in words and "沈玉兰" not in words


def test_who_cannot_be_mediated_for_is_told_of_other_ways(town, dispute):
    routing.reject(dispute, reason="not_civil", remedies=["court"], by=a_user(town.branch, Role.MANAGER))
    work()
    assert sent() == ["registered", "rejected"]


class TestWhoIsWrittenTo:
    def test_who_said_no_at_the_window_gets_nothing(self, town, noon):
        came_in(town, needs=[NO_SMS])
        work()
        assert sent() == []

    def test_of_a_restricted_matter_nobody_who_did_not_ask_for_it(self, town, noon):
        dispute = came_in(town, restricted=True)
        work()
        assert sent() == []
        party = dispute.applicants[0]
        commands.choose(party, sms=True, mail="", language="zh-hans", by=PartyActor(party))
        give_pass(party, by=a_user(dispute.body))
        work()
        words = Message.objects.get().words
        assert dispute.number in words and dispute.body.name not in words

    def test_who_stops_gets_no_more(self, town, dispute):
        party = dispute.applicants[0]
        commands.choose(party, sms=False, mail="shen@example.cn", language="en", by=PartyActor(party), seen=0)
        work()
        one = Message.objects.get()
        assert (one.channel, one.address) == (Channel.MAIL, "shen@example.cn")
        assert one.words.startswith("Your matter is registered")

    def test_only_they_themselves_say_so_and_only_of_what_they_see(self, dispute):
        party, other = dispute.applicants[0], dispute.respondents[0]
        with pytest.raises(Refused):
            commands.choose(party, sms=False, mail="", language="en", by=PartyActor(other))
        with pytest.raises(Refused):
            commands.choose(party, sms=False, mail="no address", language="en", by=PartyActor(party))
        commands.choose(party, sms=False, mail="", language="en", by=PartyActor(party), seen=0)
        with pytest.raises(Stale):
            commands.choose(party, sms=True, mail="", language="en", by=PartyActor(party), seen=0)

    def test_a_landline_gets_no_sms(self, town, dispute):
        party = dispute.applicants[0]
        party.phone = "0572-2038888"
        party.save()
        work()
        assert sent() == []

    def test_the_other_side_is_not_written_to_before_it_takes_part(self, dispute):
        other = dispute.respondents[0]
        assert channels_of(other, dispute) == []
        other.willing = Willing.YES
        assert channels_of(other, dispute) == [Channel.SMS]


def test_at_night_it_waits_until_eight(town):
    with time_machine.travel(NIGHT, tick=False):
        came_in(town)
        work()
    one = Message.objects.get()
    assert one.why == Why.QUIET
    assert timezone.localtime(one.next_at).isoformat()[:16] == "2026-11-24T08:00"


class TestStaff:
    def test_who_chose_nothing_is_woken_for_what_is_urgent_alone(self, town):
        clerk = a_user(town.village, Role.DISPATCHER, phone="13957220009")
        with time_machine.travel(NIGHT - timedelta(hours=60)):
            town.dispute(town.village)
        with time_machine.travel(NIGHT, tick=False):
            clocks.tick()
            work()
            one = Message.objects.get(user=clerk)
            assert (one.occasion, one.is_urgent, one.why, one.next_at) == ("limit_missed", True, "", NIGHT)

    def test_who_wants_every_one_gets_every_one_by_sms_and_mail(self, town, noon):
        clerk = a_user(town.village, Role.DISPATCHER, phone="13957220009")
        wish(clerk, sms="all", mail="all", mail_address="clerk@example.cn")
        dispute = town.dispute()
        routing.dispatch(dispute, to=town.village, by=town.clerk())
        work()
        rows = Message.objects.filter(user=clerk)
        assert {(row.channel, row.occasion, row.role) for row in rows} == {
            ("sms", "dispatched", "handler"), ("mail", "dispatched", "handler"),
        }  # fmt: skip
        assert f"/desk/disputes/{dispute.number}/" in rows[0].words

    def test_mail_needs_an_address(self, town):
        with pytest.raises(Refused):
            wish(town.clerk(), mail="all")


class TestDigest:
    @pytest.fixture
    def clerk(self, town, noon):
        clerk = a_user(town.village, Role.DISPATCHER)
        for _n in range(2):
            routing.dispatch(town.dispute(), to=town.village, by=town.clerk())
        work()
        return clerk

    def test_it_comes_once_a_day_at_the_chosen_time(self, clerk, noon):
        wish(clerk, digest="daily", digest_at=time(13))
        assert digest.make_due() == 0
        noon.move_to(NOON + timedelta(hours=1))
        assert [digest.make_due(), digest.make_due()] == [1, 0]
        assert Notice.objects.of(clerk).first().entry.sentence == "您有 2 条通知还没有看。"
        noon.move_to(NOON + timedelta(days=1, hours=1))
        assert digest.make_due() == 1
        assert Notice.objects.of(clerk).unread().count() == 3, "yesterday's digest is no news"

    def test_with_an_address_it_is_a_letter(self, clerk):
        wish(clerk, digest="daily", digest_at=time(8), mail_address="clerk@example.cn")
        assert digest.make_due() == 1
        assert "2条" in Message.objects.get(user=clerk, channel=Channel.MAIL).words
        assert Notice.objects.of(clerk).count() == 2

    def test_who_has_read_everything_or_wants_none_gets_none(self, clerk):
        assert digest.make_due() == 0
        commands.read_all(by=clerk)
        wish(clerk, digest="daily", digest_at=time(8))
        assert digest.make_due() == 0


def wish(user, **said):
    usual = {
        "sms": "none",
        "mail": "none",
        "mail_address": "",
        "language": "zh-hans",
        "digest": "off",
        "digest_at": time(8),
    }
    return commands.prefer(**{**usual, **said}, by=user)
