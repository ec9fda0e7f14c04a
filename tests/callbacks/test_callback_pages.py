"""The desk's pages of the end, and the archived file handed out to those who may have it."""

import hashlib

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from fengqiao.callbacks import asking, commands
from fengqiao.callbacks.models import Archive, Callback
from fengqiao.callbacks.panels import offers, panel
from fengqiao.disputes.lifecycle import State
from fengqiao.kernel.rates import Rate
from fengqiao.ledger.models import Entry
from tests.world import a_committee, a_registered_dispute, a_user

from .scenes import archived, called, closed, papers, performed, ready

pytestmark = pytest.mark.django_db
PAGES = ("close", "call_back", "reopen", "archive")


def url(scene, name, *args):
    return reverse(name, args=[scene.dispute.number, *args])


def card(scene, actor=None):
    return render_to_string("callbacks/panel.html", panel(scene.fresh(), actor or scene.clerk))


def offered(scene, actor=None):
    return {offer.label: offer for offer in offers(scene.fresh(), actor or scene.clerk)}


def test_from_the_end_to_the_archive_by_its_pages(client):
    scene = papers(performed())
    client.force_login(scene.clerk)
    assert "按“已履行”办结" in client.get(url(scene, "close")).content.decode()
    assert client.post(url(scene, "close"), {"seen": scene.fresh().version}).status_code == 302
    assert "约定的都做到了吗" in client.get(url(scene, "call_back")).content.decode()
    sent = {"party": scene.creditor.pk, "how": "phone", "rating": "satisfied", "seen": scene.fresh().version}
    assert client.post(url(scene, "call_back"), sent).status_code == 302
    assert "至少保管10 年" in client.get(url(scene, "archive")).content.decode()
    assert client.post(url(scene, "archive"), {"years": "10", "seen": scene.fresh().version}).status_code == 302
    assert scene.state == State.ARCHIVED
    assert url(scene, "archive_package") in card(scene)
    assert url(scene, "archive_package") not in card(scene, scene.receiver)


def test_not_satisfied_without_a_word_is_asked_beside_the_field(client):
    scene = closed()
    client.force_login(scene.clerk)
    sent = {"party": scene.creditor.pk, "how": "visit", "rating": "dissatisfied", "seen": scene.fresh().version}
    answer = client.post(url(scene, "call_back"), sent)
    assert answer.status_code == 422
    assert "哪里不满意" in answer.content.decode()
    client.post(url(scene, "call_back"), sent | {"words": "墙还是潮的"})
    assert Callback.objects.get().words == "墙还是潮的"
    found = offered(scene)
    assert found["重新办理"].primary
    assert "墙还是潮的" in found["重新办理"].hint


def test_an_unready_file_says_what_is_missing_instead_of_the_form(client):
    scene = closed()
    client.force_login(scene.clerk)
    answer = client.get(url(scene, "archive"))
    assert answer.status_code == 409
    assert "卷宗里还缺" in answer.content.decode()
    assert "卷宗里还缺" in offered(scene)["归档"].reason
    assert "受理登记表" in card(scene)


def test_an_objection_is_answered_on_its_page(client):
    scene = closed()
    objection = commands.contest(scene.dispute, words="少算了一笔", by=scene.receiver)
    client.force_login(scene.clerk)
    page = url(scene, "answer_contest", objection.pk)
    assert "少算了一笔" in client.get(page).content.decode()
    assert client.post(page, {"seen": scene.fresh().version, "words": "清单里有"}).status_code == 302
    objection.refresh_from_db()
    assert objection.answer == "清单里有"


def test_reopening_by_its_page(client):
    scene = closed()
    client.force_login(scene.clerk)
    client.post(url(scene, "reopen"), {"seen": scene.fresh().version, "reason": "又漏水"})
    assert scene.state == State.ACCEPTED


def test_the_file_is_handed_out_whole_and_the_look_is_logged(client):
    scene, archive = archived()
    client.force_login(scene.clerk)
    answer = client.get(url(scene, "archive_package"))
    assert answer.status_code == 200
    assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == archive.sha256
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    look = Entry.objects.of("look", scene.dispute.pk).last()
    assert archive.number in look.payload["what"]
    assert look.actor == scene.clerk.ledger_id


def test_a_changed_file_is_not_handed_out(client):
    scene, archive = archived()
    archive.file.write_bytes(archive.file.read_bytes() + b"\0")
    client.force_login(scene.clerk)
    answer = client.get(url(scene, "archive_package"))
    assert answer.status_code == 409
    assert "校验值不一致" in answer.content.decode()


def test_strangers_find_neither_pages_nor_file(client):
    scene, _archive = archived()
    client.force_login(a_user(a_committee()))
    for name in (*PAGES, "archive_package"):
        assert client.get(url(scene, name)).status_code == 404
    client.logout()
    for name in (*PAGES, "archive_package"):
        assert client.get(url(scene, name)).status_code in (302, 401)


def test_without_an_archive_there_is_no_file(client):
    scene = closed()
    client.force_login(scene.clerk)
    assert client.get(url(scene, "archive_package")).status_code == 404


def test_the_next_act_is_the_first_offered():
    scene = performed()
    assert offered(scene)["办结"].primary
    closed(scene)
    assert offered(scene)["回访"].primary
    whole = ready()
    assert offered(whole)["归档"].primary
    assert offers(whole.dispute, whole.payer) == []


def test_the_card_appears_with_the_end_and_not_before():
    dispute = a_registered_dispute()
    assert panel(dispute, a_user(dispute.body)) is None
    scene = closed()
    assert "申请书或者受理登记表" in panel(scene.dispute, scene.clerk)["lacking"]
    called(scene)
    assert panel(scene.fresh(), scene.clerk)["callbacks"][0][1] == "done"
    assert Archive.objects.count() == 0


def test_the_list_says_whom_to_call_what_to_archive_and_who_objects(client):
    scene, other = closed(), closed()
    client.force_login(scene.clerk)
    page = reverse("callbacks")
    text = client.get(page).content.decode()
    assert scene.dispute.number in text
    assert other.dispute.number not in text
    called(scene, rating="unreached")
    assert scene.dispute.number not in client.get(page).content.decode()
    assert url(scene, "archive") in client.get(page + "?view=archive").content.decode()
    objection = commands.contest(scene.fresh(), words="少算了一笔", by=scene.receiver)
    assert url(scene, "archive") not in client.get(page + "?view=archive").content.decode()
    assert url(scene, "answer_contest", objection.pk) in client.get(page + "?view=contests").content.decode()
    client.logout()
    assert client.get(page).status_code in (302, 401)


def test_each_person_counts_once_with_their_latest_word(client):
    scene = closed()
    day = timezone.localdate()
    called(scene, rating="unreached")
    called(scene, rating="dissatisfied", words="太慢")
    called(scene, rating="satisfied")
    called(scene, party=scene.debtor, rating="dissatisfied", words="赔多了")
    assert asking.satisfaction(scene.clerk, day, day) == Rate(1, 2)
    third = closed()
    called(third, rating="unreached")
    assert asking.responses(third.clerk, day, day) == Rate(0, 1)
    client.force_login(scene.clerk)
    assert "50.00%" in client.get(reverse("callbacks")).content.decode()
