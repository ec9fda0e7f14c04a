"""我的信息: shown masked, given whole for the PIN, never the other side's, each time on record; corrected when asked."""

import json
import zipfile
from dataclasses import dataclass
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fengqiao.desk.finding import find
from fengqiao.disputes.commands import look
from fengqiao.disputes.models import Dispute, Party
from fengqiao.disputes.passes import Issued, PartyActor
from fengqiao.intake import notice
from fengqiao.intake.commands import receive
from fengqiao.intake.drafts import ConsentDraft
from fengqiao.intake.models import Correction
from fengqiao.intake.own_data.commands import answer_correction, ask_correction, take_along
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.hashing import digest_of_bytes
from fengqiao.ledger.models import Entry
from fengqiao.notices.models import Notice
from fengqiao.papers.commands import add_upload
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import Role, User
from fengqiao.reactions import REACTIONS
from fengqiao.routing.commands import call_in, dispatch
from tests.access.county import Person
from tests.fulfilment.scenes import PDF
from tests.intake.people import a_draft, assert_whole
from tests.papers.reading import text_of
from tests.portal.people import came_in, words
from tests.world import a_committee, a_party, a_town_branch, a_user

pytestmark = pytest.mark.django_db
OWN, OTHER = Person(3, "applicant"), Person(4, "respondent")


@dataclass
class World:
    dispute: Dispute
    clerk: User
    manager: User
    client: Client
    issued: Issued

    @property
    def applicant(self) -> Party:
        return self.dispute.applicants[0]

    def post(self, pin: str = ""):
        return self.client.post(reverse("my_data"), {"pin": pin or self.issued.pin})


@pytest.fixture
def world(settings, tmp_path) -> World:
    """Registered at the window with a consent, sent on, a helper called; the applicant is on their own page."""
    settings.FILES_ROOT = tmp_path
    branch = a_town_branch()
    committee, helper = a_committee(), a_committee()
    chief, clerk = a_user(branch, Role.MANAGER), a_user(committee)
    parties = [
        a_party(one.role, name=one.name, phone=one.phone, id_number=one.id_number, home=one.home)
        for one in (OWN, OTHER)
    ]
    draft = a_draft(parties=parties, facts="楼上漏水。", demand="赔钱", consent=ConsentDraft(sensitive=True))
    dispute = receive(draft=draft, by=a_user(branch)).dispute
    dispatch(dispute, to=committee, why="对口", by=chief)
    call_in(dispute, body=helper, reason="请派人一起看。", by=chief)
    dispute = Dispute.objects.get(pk=dispute.pk)
    for party, name in zip(dispute.cast, ("漏水照片", "我家的收据"), strict=True):
        file = SimpleUploadedFile("a.pdf", PDF + name.encode(), "application/pdf")
        add_upload(dispute, file, kind=PaperKind.EVIDENCE, title=name, by=PartyActor(party), party=party)
    look(dispute, what="电话", reason="约时间", by=clerk, party=dispute.applicants[0])
    client = Client()
    issued = came_in(client, dispute.applicants[0])
    return World(dispute, clerk, a_user(committee, Role.MANAGER), client, issued)


def unpacked(answer) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.once
class TestTakingItAlong:
    def test_the_screen_tells_everything_masked_and_nothing_of_the_other_side(self, world):
        page = words(world.client.get(reverse("my_data")))
        for told in ("楼上漏水。", "赔钱", "漏水照片", "2026-2", "窗口当面告知", "约时间", "分派办理", "请来协办"):
            assert told in page, told
        for secret in (*OWN.secrets, *OTHER.secrets, OTHER.name, "我家的收据"):
            assert secret not in page

    def test_the_pin_gives_the_whole_in_clear_once_more_on_record(self, world):
        files = unpacked(world.post())
        data, text = json.loads(files["data.json"]), text_of(files["我的信息.pdf"])
        kept = {row["item"]: row["value"] for row in data["particulars"]}
        assert (kept["电话"], kept["身份证号"], kept["住址"]) == OWN.secrets
        assert {row["why"] for row in data["shared"]} == {"最先登记", "分派办理", "请来协办"}
        assert "约时间" in text and "人民调解法" in text and OWN.phone in text
        assert [name for name in files if name.startswith("files/")] == ["files/01.pdf"]
        assert files["files/01.pdf"].endswith("漏水照片".encode())
        whole = text + files["data.json"].decode()
        assert [secret for secret in (*OTHER.secrets, OTHER.name, "我家的收据") if secret in whole] == []
        entry = Entry.objects.of("look", world.dispute.pk).last()
        assert (entry.kind, entry.actor) == ("data.taken", PartyActor(world.applicant).ledger_id)
        assert "本人" in words(world.client.get(reverse("my_looks")))

    def test_a_wrong_pin_gives_nothing_is_not_a_look_and_locks_like_the_door(self, world, monkeypatch):
        monkeypatch.setattr("fengqiao.agreements.throttle.MOST", 7)  # of which one was for coming in
        before = Entry.objects.of("look", world.dispute.pk).count()
        wrong = "000000" if world.issued.pin != "000000" else "111111"
        assert [world.post(wrong).status_code for _ in range(5)] == [409] * 5
        assert world.post().status_code == 409
        assert world.post().status_code == 429
        assert Entry.objects.of("look", world.dispute.pk).count() == before

    def test_the_clerk_prints_it_for_who_came_with_a_reason_that_they_can_read(self, world):
        address = reverse("own_data", args=[world.dispute.number])
        world.client.logout()
        desk = Client()
        desk.force_login(world.clerk)
        assert desk.post(address, {"party": world.applicant.pk, "reason": " "}).status_code == 422
        answer = desk.post(address, {"party": world.applicant.pk, "reason": "本人持身份证到窗口要求"})
        assert answer["Content-Type"] == "application/pdf" and "no-store" in answer["Cache-Control"]
        printed = text_of(answer.content)
        assert OWN.id_number in printed and OTHER.name not in printed
        came_in(world.client, world.applicant)
        assert "本人持身份证到窗口要求" in words(world.client.get(reverse("my_data")))
        with pytest.raises(Refused, match="只有本人"):
            take_along(world.dispute.respondents[0], reason="好奇", by=PartyActor(world.applicant))

    def test_what_was_agreed_to_is_shown_word_for_word_after_the_text_has_changed(self, world, monkeypatch):
        consent = world.applicant.consents.get()
        monkeypatch.setattr("fengqiao.intake.notice.notice_text", lambda: "改过的告知")
        notice.notice_in_force()
        page = world.client.get(reverse("my_notice", args=[consent.pk])).content.decode()
        assert consent.notice.text in page and consent.digest in page
        assert unpacked(world.post())[f"notices/2026-2-{consent.digest[:8]}.html"].decode() == consent.notice.text


class TestCorrecting:
    def asked(self, world, what="phone", text="电话换成 13905722046 了") -> Correction:
        assert sent_without_version(world.client, "my_correction", what=what, words=text).status_code == 302
        return Correction.objects.waiting().get()

    def test_it_reaches_those_who_handle_it_and_the_answer_reaches_the_person(self, world):
        asked = self.asked(world)
        entry = Entry.objects.of("dispute", world.dispute.pk).filter(kind="party.correction_asked").get()
        for tell in next(row for event, row in REACTIONS.items() if event.kind == entry.kind):
            tell(entry)
        assert Notice.objects.filter(entry=entry, to=world.manager).exists()
        desk, address = Client(), reverse("answer_correction", args=[world.dispute.number, asked.pk])
        desk.force_login(world.manager)
        assert "去答复" in words(desk.get(reverse("dispute", args=[world.dispute.number])))
        answer = sent_to(desk, address, outcome="done", value="1390572", words="改好了。")
        assert answer.status_code == 422 and "手机" in words(answer)
        assert (
            sent_to(desk, address, outcome="done", value="139 0572 2046", words="核对过，改好了。").status_code == 302
        )
        assert list(find("13905722046", world.clerk)) == [world.dispute] and not find(OWN.phone, world.clerk)
        assert "核对过，改好了。" in words(world.client.get(reverse("my_data")))
        assert_whole()

    def test_one_at_a_time_answered_once_by_who_handles_it_and_never_without_a_sentence(self, world):
        asked = self.asked(world, "facts", "不是漏水，是渗水。")
        assert world.client.get(reverse("my_correction")).status_code == 409
        with pytest.raises(Refused, match="还在处理"):
            ask_correction(world.dispute, what="name", words="名字错了", by=PartyActor(world.applicant))
        said = {"outcome": "explained", "value": "", "words": "经过是您当时的原话，补充已附在卷里。"}
        with pytest.raises(Refused, match="由正在办这件事的单位"):
            answer_correction(asked, by=a_user(a_committee()), **said)
        with pytest.raises(Refused, match="写一句答复"):
            answer_correction(asked, by=world.manager, **said | {"words": " "})
        answer_correction(asked, by=world.manager, **said)
        with pytest.raises(Refused, match="已经答复过"):
            answer_correction(asked, by=world.manager, **said)
        assert world.client.get(reverse("my_correction")).status_code == 200


def sent_without_version(client: Client, name: str, **fields):
    return client.post(reverse(name), fields)


def sent_to(client: Client, address: str, **fields):
    version = Dispute.objects.get().version
    return client.post(address, {"seen": version, **fields})


@pytest.mark.once
def test_a_changed_notice_has_a_new_version():
    """Whoever changes the text changes VERSION with it, and then the digest here."""
    assert (notice.VERSION, digest_of_bytes(notice.notice_text().encode())[:24]) == (
        "2026-2",
        "661f079942494be97f31c85b",
    )
