"""It is over: closed as it ended, the people asked, objections heard, and done again where that is right."""

import pytest

from fengqiao.callbacks import commands
from fengqiao.callbacks.models import AnswerKind, Callback, Contest
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.ratings import Contact, Rating
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.papers.models import Paper, PaperKind
from fengqiao.people.models import Role
from tests.world import a_committee, a_user, the_center

from .scenes import archived, called, closed, failed, performed

pytestmark = pytest.mark.django_db


def last(scene):
    return Entry.objects.of("dispute", scene.dispute.pk).last()


def test_it_is_closed_as_it_ended_and_the_call_back_clock_starts():
    scene = performed()
    commands.close(scene.fresh(), outcome="performed", remark="凭证齐全", by=scene.clerk)
    assert scene.state == State.FOLLOW_UP
    assert scene.dispute.closed_at is not None
    assert scene.dispute.main_clock.key == "follow_up"
    assert "办结：已履行。凭证齐全" in last(scene).sentence
    assert last(scene).payload["outcome"] == "performed"
    assert list(verify()) == []


def test_the_outcome_follows_from_where_it_stands():
    scene = failed()
    with pytest.raises(Refused, match="现在是“调解不成”，不能按“已履行”办结"):
        commands.close(scene.dispute, outcome="performed", remark="", by=scene.clerk)
    commands.close(scene.dispute, outcome="", remark="", by=scene.clerk)
    assert last(scene).payload["outcome"] == "failed"


def test_only_the_handling_body_closes():
    scene = performed()
    for person in (scene.receiver, a_user(a_committee()), a_user(the_center(), Role.DISPATCHER)):
        with pytest.raises(Refused, match="只有承办单位可以办结"):
            commands.close(scene.fresh(), outcome="", remark="", by=person)


def test_what_is_not_over_is_not_closed():
    scene = closed()
    with pytest.raises(Refused, match="不能办结"):
        commands.close(scene.dispute, outcome="", remark="", by=scene.clerk)


def test_a_call_is_on_the_record_with_its_paper():
    scene = closed()
    callback = called(scene, words="谢谢你们")
    assert callback.rating == Rating.SATISFIED
    assert callback.paper.form == "callback_record"
    assert Paper.objects.get(kind=PaperKind.CALLBACK).read().startswith(b"%PDF")
    assert Paper.objects.visible_to(scene.receiver).filter(kind=PaperKind.CALLBACK).exists()
    assert not Paper.objects.visible_to(scene.payer).filter(kind=PaperKind.CALLBACK).exists()
    assert "电话" in last(scene).sentence
    assert "满意" in last(scene).sentence
    assert list(verify()) == []


def test_an_attempt_that_reached_nobody_is_an_attempt_without_a_paper():
    scene = closed()
    callback = called(scene, rating="unreached")
    assert not callback.is_reached
    assert callback.paper is None
    assert list(verify()) == []


def test_who_is_not_satisfied_is_asked_what_was_wrong():
    scene = closed()
    with pytest.raises(Refused, match=r"哪里不满意.*重新办理"):
        called(scene, rating="dissatisfied")
    assert not Callback.objects.exists()
    assert called(scene, rating="dissatisfied", words="钱没给够").words == "钱没给够"


def test_a_party_rates_its_own_matter_online_and_no_other():
    scene = closed()
    callback = called(scene, party=scene.debtor, by=scene.payer, how="phone", rating="fairly")
    assert callback.how == Contact.ONLINE
    assert callback.by_party
    assert last(scene).kind == "callback.rated"
    with pytest.raises(Refused, match="只能评价自己的事"):
        called(scene, party=scene.creditor, by=scene.payer)
    with pytest.raises(Refused, match="满意、基本满意或者不满意"):
        called(scene, party=scene.debtor, by=scene.payer, rating="unreached")
    assert list(verify()) == []


def test_a_party_of_another_dispute_is_not_called_here():
    scene, other = closed(), closed()
    with pytest.raises(Refused, match="不在这件事里"):
        called(scene, party=other.creditor)


def test_nobody_is_called_before_it_is_closed():
    with pytest.raises(Refused, match="不能回访"):
        called(performed())


def test_a_party_may_contest_with_words_one_at_a_time():
    scene = closed()
    with pytest.raises(Refused, match="请写明"):
        commands.contest(scene.dispute, words=" ", by=scene.receiver)
    commands.contest(scene.dispute, words="漏水又来了", by=scene.receiver)
    with pytest.raises(Refused, match="还在处理"):
        commands.contest(scene.dispute, words="还有", by=scene.receiver)
    commands.contest(scene.dispute, words="我也有话说", by=scene.payer)
    assert Contest.objects.count() == 2
    with pytest.raises(Refused, match="只有当事人"):
        commands.contest(scene.dispute, words="代他说", by=scene.clerk)
    assert list(verify()) == []


def test_an_objection_is_answered_by_an_explanation():
    scene = closed()
    objection = commands.contest(scene.dispute, words="为什么只赔八千", by=scene.receiver)
    with pytest.raises(Refused, match="只有承办单位、上级单位"):
        commands.answer(objection, words="不行", by=scene.payer)
    with pytest.raises(Refused, match="答复的内容"):
        commands.answer(objection, words="", by=scene.clerk)
    answered = commands.answer(objection, words="按评估报告算的", by=scene.clerk)
    assert answered.answer_kind == AnswerKind.EXPLAINED
    with pytest.raises(Refused, match="答复过了"):
        commands.answer(objection, words="再说一遍", by=scene.clerk)
    assert scene.state == State.FOLLOW_UP
    assert list(verify()) == []


def test_reopening_answers_the_closing_and_both_stay_on_the_record():
    scene = closed()
    closing = last(scene).seq
    objection = commands.contest(scene.dispute, words="漏水又来了", by=scene.receiver)
    commands.reopen(scene.fresh(), reason="修过的地方又漏", by=a_user(the_center(), Role.MANAGER))
    assert scene.state == State.ACCEPTED
    assert scene.dispute.closed_at is None
    assert scene.dispute.main_clock.key == "assign"
    told = {entry.kind: entry for entry in Entry.objects.of("dispute", scene.dispute.pk)}
    assert told["callback.reopened"].payload["answers"] == closing == told["callback.closed"].seq
    objection.refresh_from_db()
    assert objection.answer_kind == AnswerKind.REOPENED
    assert list(verify()) == []


def test_reopening_says_why():
    scene = closed()
    with pytest.raises(Refused, match="为什么重新办理"):
        commands.reopen(scene.dispute, reason="", by=scene.clerk)
    with pytest.raises(Refused, match="只有承办单位、上级单位"):
        commands.reopen(scene.dispute, reason="我要", by=scene.receiver)


def test_after_archiving_a_party_may_still_contest_and_the_matter_be_opened_again():
    scene, _archive = archived()
    commands.contest(scene.fresh(), words="又漏了", by=scene.receiver)
    commands.reopen(scene.fresh(), reason="又漏了", by=scene.clerk)
    assert scene.state == State.ACCEPTED
    assert list(verify()) == []


def test_stale_forms_are_told_so():
    scene = closed()
    with pytest.raises(Stale):
        commands.reopen(scene.dispute, reason="又漏", by=scene.clerk, seen=scene.dispute.version - 1)
