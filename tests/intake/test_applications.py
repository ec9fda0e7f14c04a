"""An application under way: resumed in the same browser, checked, limited, submitted once, forgotten after a week."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from fengqiao.disputes.models import Channel, Dispute
from fengqiao.disputes.passes import open_with
from fengqiao.intake.applications import (
    accept_notice,
    answers_of,
    begin,
    drop_file,
    forget_expired,
    hold_file,
    save_step,
    submit,
)  # fmt: skip
from fengqiao.intake.commands import apply_online
from fengqiao.intake.models import Application, Consent, ConsentNotice, HeldFile, Visit
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.papers.models import Paper, PaperKind
from tests.world import a_category, a_region, a_town_branch, the_center

from .people import ID, STORY, a_draft, assert_whole

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj <</Type /Page>> endobj\n"
ANSWERS = {
    "facts": STORY, "demand": "修好电梯", "name": "吴建芳", "phone": "13857219061", "opponent": "余家漾花园物业服务中心",
    "place": "330502001002", "address": "12 幢", "category": "14", "amount": "8600", "needs": ["elder"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def a_district(settings, tmp_path):
    settings.FENGQIAO_HOME = tmp_path
    the_center()
    a_category("14", "物业")
    a_region("330502001002", "余家漾社区")


def a_file(n=1, data=PDF, name="photo.pdf"):
    return SimpleUploadedFile(name, data + str(n).encode())


def begun(**answers):
    application, _token = begin(session="s1")
    return save_step(accept_notice(application, sensitive=True), step=2, answers=ANSWERS | answers)


def test_what_was_filled_in_is_there_again_by_the_token_and_only_by_it():
    application, token = begin(session="s1")
    save_step(application, step=1, answers={"facts": STORY})
    save_step(application, step=2, answers={"name": "吴建芳"})
    again = Application.objects.with_token(token)
    assert answers_of(again) == {"facts": STORY, "name": "吴建芳"}
    assert again.step == 2
    assert Application.objects.with_token("") is None
    assert Application.objects.with_token(token[:-1]) is None


def test_it_is_unreadable_in_the_database():
    begun()
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers_json, token_index FROM intake_application")
        stored = str(cursor.fetchall())
    assert "吴建芳" not in stored
    assert "13857219061" not in stored


def test_confirmed_it_is_a_dispute_of_the_applicant_with_papers_consent_and_code():
    application = begun()
    hold_file(application, upload=a_file())
    reception = submit(application)
    dispute = reception.dispute
    assert (dispute.channel, dispute.amount_fen, dispute.place.name) == (Channel.ONLINE, 860000, "余家漾社区")
    assert open_with(reception.issued.access.code, reception.issued.pin).dispute == dispute
    paper = Paper.objects.get()
    assert (paper.kind, paper.party, paper.title) == (PaperKind.EVIDENCE, dispute.applicants[0], "photo")
    assert Consent.objects.get().sensitive
    assert not Visit.objects.exists()
    actors = [entry.actor for entry in Entry.objects.of("dispute", dispute.pk)]
    assert actors == ["applicant", *[f"party:{dispute.applicants[0].pk}"] * 2, "system"]
    assert_whole()


def test_it_goes_to_the_nearest_coordinating_body_of_the_place():
    branch = a_town_branch("330502001000", "飞英街道")
    assert submit(begun()).dispute.first_body == branch
    assert submit(begun(place="", name="别人")).dispute.first_body == the_center()


def test_submitted_twice_it_stays_one_and_no_second_pin_is_given():
    application = begun()
    first, second = submit(application), submit(application)
    assert first.dispute == second.dispute
    assert second.issued.pin == ""
    assert Dispute.objects.count() == 1


def test_what_was_typed_is_not_kept_twice_and_cannot_be_changed_afterwards():
    application = begun()
    submit(application)
    assert answers_of(Application.objects.get()) == {}
    with pytest.raises(Refused, match="已经交上来"):
        save_step(application, step=3, answers={"facts": "改"})


def test_without_the_consent_nothing_is_registered():
    application, _token = begin(session="s1")
    save_step(application, step=3, answers=ANSWERS)
    with pytest.raises(Refused, match="同意"):
        submit(application)
    with pytest.raises(Refused, match="同意"):
        apply_online(draft=a_draft(channel=Channel.ONLINE), uploads=[])


def test_an_identity_number_needs_the_separate_consent():
    application = begun(id_number=ID)
    accept_notice(application, sensitive=False)
    with pytest.raises(Refused, match="单独勾选"):
        submit(application)
    accept_notice(application, sensitive=True)
    assert submit(application).dispute.applicants[0].id_number == ID


def test_the_notice_is_kept_as_it_read(monkeypatch):
    submit(begun())
    monkeypatch.setattr("fengqiao.intake.notice.notice_text", lambda: "改过的告知")
    submit(begun(name="别人"))
    assert ConsentNotice.objects.count() == 2
    assert {consent.notice.text == "改过的告知" for consent in Consent.objects.all()} == {True, False}


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"phone": "1385721906"}, "少了 1 位"),
        ({"name": " "}, "姓名"),
        ({"facts": ""}, "是什么事"),
        ({"category": "77"}, "没有“77”这个类型"),
        ({"place": "999"}, "没有找到"),
        ({"amount": "很多"}, "不像金额"),
    ],
)
def test_what_does_not_check_is_refused_and_can_be_mended(answers, why):
    application = begun(**answers)
    with pytest.raises(Refused, match=why):
        submit(application)
    assert not Dispute.objects.exists()
    save_step(application, step=3, answers=ANSWERS)
    assert submit(application).dispute


def test_at_most_six_files_and_the_same_one_counts_once():
    application = begun()
    for n in range(6):
        hold_file(application, upload=a_file(n))
    assert hold_file(application, upload=a_file(0)) == HeldFile.objects.first()
    with pytest.raises(Refused, match="最多传 6 个"):
        hold_file(application, upload=a_file(7))
    drop_file(HeldFile.objects.first())
    hold_file(application, upload=a_file(7))
    assert len(submit(application).dispute.papers.all()) == 6


@pytest.mark.parametrize("data", [b"GIF89a", b"MZ\x90", b"<script>"])
def test_a_file_is_what_its_content_says(data):
    with pytest.raises(Refused, match="不是 PDF"):
        hold_file(begun(), upload=a_file(data=data, name="photo.jpg"))


def test_a_file_of_more_than_ten_megabytes_is_refused():
    with pytest.raises(Refused, match="10 MB"):
        hold_file(begun(), upload=a_file(data=PDF + b"0" * 10 * 1024 * 1024))


def test_answers_that_nobody_asked_for_are_refused():
    with pytest.raises(Refused, match="不认识"):
        begun(is_admin="1")


def test_there_is_an_end_to_what_can_be_written():
    with pytest.raises(Refused, match="太长"):
        begun(facts="长" * 50_000)


def test_one_browser_begins_five_a_day_and_no_more():
    for _ in range(5):
        begin(session="s1")
    with pytest.raises(Refused, match="明天"):
        begin(session="s1")
    begin(session="s2")
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        begin(session="s1")


def test_after_seven_days_it_is_gone_with_its_files():
    application = begun()
    held = hold_file(application, upload=a_file())
    assert forget_expired() == 0
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        with pytest.raises(Refused, match="七天"):
            submit(application)
        assert forget_expired() == 1
    assert not Application.objects.exists()
    assert not held.path.exists()


def test_files_outlive_their_application_as_papers_of_the_dispute():
    application = begun()
    held = hold_file(application, upload=a_file())
    submit(application)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert forget_expired() == 1
    assert not held.path.exists()
    assert Paper.objects.get().read().startswith(PDF)


def test_a_file_without_a_row_is_swept_away():
    application = begun()
    held = hold_file(application, upload=a_file())
    drop_file(held)
    assert held.path.exists()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert forget_expired() == 1
    assert not held.path.exists()
