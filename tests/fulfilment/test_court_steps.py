"""Confirmation and enforcement, for the record: in time, with its number and its paper, and what follows for the clocks."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from fengqiao.disputes.lifecycle import Act, State
from fengqiao.fulfilment import commands
from fengqiao.fulfilment.court import last_day_to_apply
from fengqiao.fulfilment.models import CourtStep
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.verify import verify
from fengqiao.papers.models import Paper, PaperKind

from .scenes import a_scan, agreed, today

pytestmark = pytest.mark.django_db
COURT = "湖州市吴兴区人民法院"
NUMBER = "（2026）浙0502诉前调确12号"


def court(scene, act, by=None, **kw):
    facts = {"court": COURT, "number": NUMBER, "on": today(), "remark": "", "scan": a_scan(), **kw}
    return commands.record_court_step(scene.fresh(), act=act, by=by or scene.clerk, **facts)


def confirmed(scene):
    court(scene, Act.APPLY_CONFIRMATION, number="", scan=None)
    court(scene, Act.CONFIRM)
    return scene


def test_an_application_in_time_stops_the_window_and_the_court_has_thirty_days():
    scene = agreed()
    court(scene, Act.APPLY_CONFIRMATION, number="", scan=None)
    assert scene.state == State.CONFIRMING
    assert scene.dispute.main_clock.key == "confirm"
    assert not scene.dispute.clocks.filter(key="confirmation_window", stopped_at=None).exists()
    assert list(verify()) == []


def test_a_party_may_say_that_both_have_applied():
    scene = agreed()
    court(scene, Act.APPLY_CONFIRMATION, by=scene.receiver, number="", scan=None)
    assert scene.state == State.CONFIRMING


def test_too_late_is_refused_and_the_sentence_says_that_the_agreement_stays_a_contract():
    scene = agreed(((100_00, 90),))
    last = last_day_to_apply(scene.dispute)
    with time_machine.travel(timezone.now() + timedelta(days=45)):
        with pytest.raises(Refused, match=r"人民调解法第三十三条.*协议仍然有效，具有合同的约束力"):
            court(scene, Act.APPLY_CONFIRMATION, number="")
        court(scene, Act.APPLY_CONFIRMATION, number="", on=last)  # handed in on the last day, recorded afterwards
        assert scene.state == State.CONFIRMING


def test_the_window_is_reckoned_from_the_agreement_where_no_clock_runs():
    scene = agreed(((100_00, 90),))
    with_clock = last_day_to_apply(scene.dispute)
    scene.dispute.clocks.filter(key="confirmation_window").delete()
    assert last_day_to_apply(scene.dispute) == with_clock


def test_a_ruling_leads_back_to_the_dates_of_the_agreement():
    scene = confirmed(agreed())
    assert scene.state == State.CONFIRMED
    assert scene.dispute.main_clock.key == "perform"
    assert scene.dispute.main_clock.state == State.CONFIRMED
    assert timezone.localdate(scene.dispute.due_at) == today(11)
    assert Paper.objects.filter(dispute=scene.dispute, kind=PaperKind.CONFIRMATION).count() == 1
    assert list(verify()) == []


def test_a_dismissal_leads_back_to_performing():
    scene = agreed()
    court(scene, Act.APPLY_CONFIRMATION)
    court(scene, Act.DISMISS, remark="内容不明确")
    assert scene.state == State.PERFORMING
    assert timezone.localdate(scene.dispute.due_at) == today(11)
    assert list(verify()) == []


@pytest.mark.parametrize("lacking", [{"number": ""}, {"scan": None}])
def test_a_ruling_needs_its_number_and_its_paper(lacking):
    scene = agreed()
    court(scene, Act.APPLY_CONFIRMATION)
    with pytest.raises(Refused, match="裁定书"):
        court(scene, Act.CONFIRM, **lacking)
    assert scene.state == State.CONFIRMING


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("(2026)浙0502诉前调确12号", NUMBER),
        ("〔2026〕浙 0502 诉前调确 12 号", NUMBER),
        ("（２０２６）浙０５０２诉前调确１２号", NUMBER),
        ("（2011）吴调确字第3号", "（2011）吴调确字第3号"),
        ("（2026）浙0502诉前调确12号之一", "（2026）浙0502诉前调确12号之一"),
    ],
)
def test_case_numbers_are_read_loosely_and_kept_in_one_form(typed, kept):
    assert court(agreed(), Act.APPLY_CONFIRMATION, number=typed).number == kept


@pytest.mark.parametrize("typed", ["12号", "2026浙0502", "<script>", "（26）浙0502诉前调确12号"])
def test_what_is_no_case_number_is_refused(typed):
    with pytest.raises(Refused, match="不像案号"):
        court(agreed(), Act.APPLY_CONFIRMATION, number=typed)


def test_dates_follow_each_other():
    scene = agreed()
    with pytest.raises(Refused, match="今天以后"):
        court(scene, Act.APPLY_CONFIRMATION, on=today(1))
    with pytest.raises(Refused, match="才生效"):
        court(scene, Act.APPLY_CONFIRMATION, on=today(-1))
    court(scene, Act.APPLY_CONFIRMATION)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        court(scene, Act.CONFIRM, on=today(-1))
        with pytest.raises(Refused, match="上一步"):
            court(scene, Act.APPLY_ENFORCEMENT, on=today(-2))


def test_the_court_must_be_named():
    with pytest.raises(Refused, match="哪个法院"):
        court(agreed(), Act.APPLY_CONFIRMATION, court=" ")


def test_enforcement_needs_a_confirmation():
    scene = agreed(((100_00, 5),))
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        commands.breach(scene.obligations[0], remark="没付", by=scene.clerk)
        with pytest.raises(Refused, match=r"没有经过司法确认.*起诉"):
            court(scene, Act.APPLY_ENFORCEMENT, by=scene.receiver)


def test_enforcement_of_a_confirmed_agreement_and_what_is_then_paid():
    scene = confirmed(agreed(((100_00, 5),)))
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        commands.breach(scene.obligations[0], remark="没付", by=scene.clerk)
        court(scene, Act.APPLY_ENFORCEMENT, by=scene.receiver, number="（2027）浙0502执88号")
        assert scene.state == State.ENFORCING
        commands.record_performance(
            scene.obligations[0], on=today(), amount_fen=100_00, how="transfer", proof=None, by=scene.receiver
        )
        assert scene.state == State.PERFORMED
        assert [step.act for step in CourtStep.objects.order_by("pk")] == [
            "apply_confirmation",
            "confirm",
            "apply_enforcement",
        ]
        assert list(verify()) == []


def test_only_steps_of_a_court_are_recorded_here():
    with pytest.raises(ValueError, match="no step of a court"):
        court(agreed(), Act.CLOSE)
    with pytest.raises(Refused, match="不能法院裁定确认"):
        court(agreed(), Act.CONFIRM)


def test_performing_begins_again_after_the_ruling():
    scene = confirmed(agreed(((100_00, 5), (100_00, 40))))
    commands.record_performance(
        scene.obligations[0], on=today(), amount_fen=100_00, how="cash", proof=None, by=scene.receiver
    )
    assert scene.state == State.PERFORMING
    assert timezone.localdate(scene.dispute.due_at) == today(41)
    assert list(verify()) == []
