"""What a party says and does: each act once, with the version they saw, and refused with a sentence."""

import pytest
from django.urls import reverse

from fengqiao.callbacks.commands import answer as answer_contest
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import ObligationState, Willing
from fengqiao.fulfilment.models import Performance, Recognition
from fengqiao.ledger.verify import verify
from fengqiao.mediation.commands import record_willingness
from tests.callbacks.scenes import archived, closed
from tests.fulfilment.scenes import a_scan, agreed, today, under_mediation
from tests.portal.people import a_photo, came_in, hidden, sent, words

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # pages; their commands are tried on both engines


@pytest.fixture(autouse=True)
def the_record_is_whole(db):
    yield
    assert [str(finding) for finding in verify()] == []


class TestWilling:
    def test_the_respondent_says_yes_with_a_word(self, client):
        scene = under_mediation()
        came_in(client, scene.debtor)
        assert sent(client, "my_willing", willing="yes", remark="周末有空").url == reverse("my")
        scene.debtor.refresh_from_db()
        assert scene.debtor.willing == Willing.YES
        page = words(client.get(reverse("my")))
        assert "记下了" in page and "您说过：愿意调解" in page

    def test_they_may_change_their_mind(self, client):
        scene = under_mediation()
        came_in(client, scene.debtor)
        sent(client, "my_willing", willing="yes")
        assert "改主意了" in words(client.get(reverse("my")))
        sent(client, "my_willing", willing="no")
        assert "您说过：不愿意调解" in words(client.get(reverse("my")))

    def test_without_a_choice_the_words_stay(self, client):
        scene = under_mediation()
        came_in(client, scene.debtor)
        answer = sent(client, "my_willing", remark="周末有空")
        assert answer.status_code == 422 and "请选愿意还是不愿意" in words(answer)
        assert "周末有空" in answer.content.decode()

    def test_a_form_that_was_left_open_is_refused_and_its_words_stay(self, client):
        scene = under_mediation()
        came_in(client, scene.debtor)
        form = client.get(reverse("my_willing"))
        record_willingness(scene.creditor, willing=Willing.YES, by=scene.mediator)
        filled = {"form_key": hidden(form, "form_key"), "seen": hidden(form, "seen"), "willing": "no", "remark": "太忙"}
        answer = client.post(reverse("my_willing"), filled)
        assert answer.status_code == 409
        assert "刚刚有人动过" in words(answer) and "太忙" in answer.content.decode()
        again = {**filled, "form_key": hidden(answer, "form_key"), "seen": hidden(answer, "seen")}
        assert client.post(reverse("my_willing"), again).url == reverse("my")

    def test_once_it_is_over_the_page_says_why_not(self, client):
        scene = closed()
        came_in(client, scene.debtor)
        assert client.get(reverse("my_willing")).status_code == 409


class TestDoing:
    def test_what_the_debtor_says_waits_for_the_creditor(self, client):
        scene = agreed()
        owed = scene.obligations[0]
        came_in(client, scene.debtor)
        answer = sent(client, "my_performed", owed.pk, on=today(), amount="8,600", how="transfer", proof=a_photo())
        assert answer.url == reverse("my")
        assert Performance.objects.get().standing == Recognition.CLAIMED
        assert "等对方核对" in words(client.get(reverse("my")))
        came_in(client, scene.creditor)
        assert "对方说做好了" in words(client.get(reverse("my")))
        assert sent(client, "my_check", Performance.objects.get().pk, true="yes").url == reverse("my")
        assert scene.obligations[0].state == ObligationState.MET
        assert scene.state == State.PERFORMED

    def test_the_creditors_own_word_counts_at_once(self, client):
        scene = agreed(((None, 10), (100_00, 20)))
        came_in(client, scene.creditor)
        sent(client, "my_performed", scene.obligations[0].pk, on=today(), how="done")
        assert scene.obligations[0].state == ObligationState.MET
        assert scene.state == State.PERFORMING

    def test_a_no_needs_a_word(self, client):
        scene = agreed()
        came_in(client, scene.debtor)
        sent(client, "my_performed", scene.obligations[0].pk, on=today(), amount="100", how="cash")
        claim = Performance.objects.get()
        came_in(client, scene.creditor)
        answer = sent(client, "my_check", claim.pk, true="no")
        assert answer.status_code == 422 and "没有收到" in words(answer)
        sent(client, "my_check", claim.pk, true="no", reason="没有收到")
        claim.refresh_from_db()
        assert claim.standing == Recognition.DENIED

    def test_nobody_confirms_their_own_word(self, client):
        scene = agreed()
        came_in(client, scene.debtor)
        sent(client, "my_performed", scene.obligations[0].pk, on=today(), amount="100", how="cash")
        assert client.get(reverse("my_check", args=[Performance.objects.get().pk])).status_code == 404

    def test_more_than_is_owed_is_refused_on_the_page(self, client):
        scene = agreed()
        came_in(client, scene.debtor)
        answer = sent(client, "my_performed", scene.obligations[0].pk, on=today(), amount="9000", how="cash")
        assert answer.status_code == 409 and "只剩 8,600.00 元" in words(answer)
        assert 'value="9000"' in answer.content.decode()

    def test_wrong_dates_and_amounts_are_explained_beside_the_field(self, client):
        scene = agreed()
        came_in(client, scene.debtor)
        answer = sent(client, "my_performed", scene.obligations[0].pk, on="昨天", amount="很多", how="cash")
        page = words(answer)
        assert answer.status_code == 422 and "日期请写成" in page and "不像金额" in page

    def test_sent_twice_it_is_recorded_once(self, client):
        scene = agreed()
        came_in(client, scene.debtor)
        address = reverse("my_performed", args=[scene.obligations[0].pk])
        form = client.get(address)
        filled = {
            "form_key": hidden(form, "form_key"), "seen": hidden(form, "seen"), "on": today(), "amount": "100", "how": "cash",
        }  # fmt: skip
        client.post(address, filled)
        client.post(address, filled)
        assert Performance.objects.count() == 1


class TestRatingAndObjecting:
    def test_satisfied(self, client):
        scene = closed()
        came_in(client, scene.creditor)
        assert sent(client, "my_rating", rating="satisfied").url == reverse("my")
        made = scene.dispute.callbacks.get()
        assert (made.rating, made.by_party, made.party) == ("satisfied", True, scene.creditor)
        assert "轮到您了" not in words(client.get(reverse("my")))

    def test_not_satisfied_says_why(self, client):
        scene = closed()
        came_in(client, scene.creditor)
        assert "请写哪里不满意" in words(sent(client, "my_rating", rating="dissatisfied"))
        sent(client, "my_rating", rating="dissatisfied", words="拖得太久")
        assert scene.dispute.callbacks.get().words == "拖得太久"

    def test_an_objection_is_open_after_archiving_too_and_its_answer_is_read_here(self, client):
        scene, _archive = archived()
        came_in(client, scene.debtor)
        assert "对结果有意见" in words(client.get(reverse("my")))
        sent(client, "my_objection", words="修的地方又漏了")
        assert "正在看，会答复您" in words(client.get(reverse("my")))
        answer_contest(scene.dispute.contests.get(), words="已约施工队复查", by=scene.manager)
        assert "已约施工队复查" in words(client.get(reverse("my")))

    def test_one_objection_at_a_time(self, client):
        scene = closed()
        came_in(client, scene.debtor)
        sent(client, "my_objection", words="修的地方又漏了")
        answer = sent(client, "my_objection", words="还有一件")
        assert answer.status_code == 409
        assert "还在处理" in words(answer) and "还有一件" in answer.content.decode()

    def test_the_other_side_does_not_read_it(self, client):
        scene = closed()
        came_in(client, scene.debtor)
        sent(client, "my_objection", words="修的地方又漏了")
        came_in(client, scene.creditor)
        assert "又漏了" not in words(client.get(reverse("my")))


class TestTakingItBack:
    def test_it_is_asked_twice(self, client):
        scene = under_mediation()
        came_in(client, scene.creditor)
        sure = sent(client, "my_withdraw", reason="已经自己谈好了")
        assert sure.status_code == 200 and "真的撤回" in words(sure)
        assert scene.state == State.MEDIATING
        again = {name: hidden(sure, name) for name in ("form_key", "seen", "reason", "sure")}
        assert client.post(reverse("my_withdraw"), again).url == reverse("my")
        assert scene.state == State.WITHDRAWN

    def test_a_reason_is_needed(self, client):
        scene = under_mediation()
        came_in(client, scene.creditor)
        assert "请写一句为什么撤回" in words(sent(client, "my_withdraw", reason=""))

    def test_the_respondent_is_told_what_to_do_instead(self, client):
        scene = under_mediation()
        came_in(client, scene.debtor)
        answer = client.get(reverse("my_withdraw"))
        assert answer.status_code == 409 and "不愿意" in words(answer)
        assert "撤回" not in words(client.get(reverse("my")))

    def test_what_changed_between_the_two_pages_is_looked_at_again(self, client):
        scene = under_mediation()
        came_in(client, scene.creditor)
        sure = sent(client, "my_withdraw", reason="已经自己谈好了")
        record_willingness(scene.debtor, willing=Willing.YES, by=scene.mediator)
        again = {name: hidden(sure, name) for name in ("form_key", "seen", "reason", "sure")}
        answer = client.post(reverse("my_withdraw"), again)
        assert answer.status_code == 409 and "已经自己谈好了" in answer.content.decode()
        assert scene.state == State.MEDIATING


class TestFurtherMaterial:
    def test_it_belongs_to_who_sent_it(self, client):
        scene = under_mediation()
        came_in(client, scene.creditor)
        assert sent(client, "my_material", photos=[a_photo(), a_scan("报价.pdf")], title="修理").url == reverse("my")
        assert [paper.party for paper in scene.dispute.papers.all()] == [scene.creditor] * 2

    def test_all_or_nothing(self, client):
        scene = under_mediation()
        came_in(client, scene.creditor)
        answer = sent(client, "my_material", photos=[a_photo(), a_scan("坏的.pdf", b"no pdf")])
        assert answer.status_code == 409 and "坏的.pdf" in words(answer)
        assert not scene.dispute.papers.exists()

    def test_nothing_chosen(self, client):
        came_in(client, under_mediation().creditor)
        assert "请选一张照片" in words(sent(client, "my_material"))

    def test_there_is_an_end(self, client, monkeypatch):
        monkeypatch.setattr("fengqiao.portal.commands.MOST_FILES", 1)
        came_in(client, under_mediation().creditor)
        answer = sent(client, "my_material", photos=[a_photo(), a_scan()])
        assert answer.status_code == 409 and "最多传 1 个" in words(answer)

    def test_closed_is_closed(self, client):
        scene, _archive = archived()
        came_in(client, scene.creditor)
        assert client.get(reverse("my_material")).status_code == 409
