"""The pages of the roster: who finds them, what they show and keep back, the card, files out and in."""

import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fengqiao.desk.roster.importing import RowsRefused, import_roster
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.ledger.tasks import deliver
from fengqiao.notices.models import Notice
from fengqiao.papers.portraits import HEIGHT, WIDTH, portrait, redrawn
from fengqiao.people.models import Role, RosterEntry
from fengqiao.people.roster import commands
from fengqiao.people.roster.models import Enrolment, Ties
from tests.papers.reading import text_of
from tests.people.register import Register, a_photo
from tests.world import a_town_branch, a_user


def filled(register: Register, **more):
    return {
        "name": "郑小燕", "kinds": ["expert", "lawyer"], "body": register.committee.pk, "title": "某所律师",
        "specialities": ["02"], "languages": ["local"], "born_on": "1968-03-02", "phone": "13957200000", "kin": "周建国",
        "is_shown": "on", "form_key": "k" * 32, **more,
    }  # fmt: skip


def test_an_application_by_the_page_goes_to_the_reviewer_and_back_as_a_decision(register, browser_of):
    photo = SimpleUploadedFile("me.png", a_photo(), "image/png")
    answer = browser_of(register.manager).post(reverse("roster_new"), filled(register, photo=photo))
    entry = RosterEntry.objects.get()
    assert answer.url == reverse("roster_entry", args=[entry.pk])
    assert (entry.standing, entry.declared.kin, entry.phone) == (Enrolment.APPLIED, ["周建国"], "13957200000")
    reviewer = browser_of(register.reviewer)
    assert "郑小燕" in reviewer.get(reverse("roster") + "?view=waiting").content.decode()
    address = reverse("roster_decide", args=[entry.pk, "admit"])
    today = timezone.localdate()
    sent = {"valid_from": today, "valid_to": today + timedelta(days=365), "seen": entry.version}
    assert reviewer.post(address, sent).status_code == 302
    entry.refresh_from_db()
    assert (entry.standing, entry.certificate) == (Enrolment.ON, f"吴调证{today.year}-0001")
    assert reviewer.get(address).status_code == 409


def test_an_application_sent_twice_is_one(register, browser_of):
    browser = browser_of(register.manager)
    for _twice in range(2):
        browser.post(reverse("roster_new"), filled(register))
    assert RosterEntry.objects.count() == 1


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(register, browser_of):
    answer = browser_of(register.manager).post(reverse("roster_new"), filled(register, phone="1395720000", kinds=[]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请至少选一种" in page
    assert "周建国" in page
    assert RosterEntry.objects.count() == 0


def test_a_minor_is_refused_and_what_was_typed_stays(register, browser_of):
    born = timezone.localdate() - timedelta(days=17 * 365)
    answer = browser_of(register.manager).post(reverse("roster_new"), filled(register, born_on=born))
    assert answer.status_code == 409
    assert "成年公民担任" in answer.content.decode()
    assert "某所律师" in answer.content.decode()


def test_a_peer_finds_nothing_and_a_clerk_only_themselves(register, browser_of):
    entry = register.admitted(register.a_mediator())
    peer = browser_of(a_user(a_town_branch("330502002000", "爱山街道"), Role.MANAGER))
    for name in ("roster_entry", "roster_change", "roster_photo"):
        assert peer.get(reverse(name, args=[entry.pk])).status_code == 404
    assert "钱志平" not in peer.get(reverse("roster")).content.decode()
    assert browser_of(a_user(register.centre, Role.AUDITOR)).get(reverse("roster")).status_code == 403


def test_the_manager_changes_an_entry_without_seeing_what_is_sealed(register, browser_of):
    entry = register.admitted(register.a_mediator(), phone="13957200000", ties=Ties(kin=["周建国"]))
    browser = browser_of(register.manager)
    address = reverse("roster_change", args=[entry.pk])
    page = browser.get(address).content.decode()
    assert not [secret for secret in ("13957200000", "周建国", "1968-03-02") if secret in page]
    sent = filled(register, name="钱志平", kinds=["chief"], born_on="", phone="", kin="", seen=entry.version)
    assert browser.post(address, sent).status_code == 302
    entry.refresh_from_db()
    assert (entry.kinds, entry.phone, entry.declared.kin, entry.born_on) == (
        ["chief"],
        "13957200000",
        ["周建国"],
        "1968-03-02",
    )


def test_the_person_sees_and_changes_their_own(register, browser_of):
    user = register.a_mediator()
    entry = register.admitted(user, phone="13957200000", ties=Ties(kin=["周建国"]))
    browser = browser_of(user)
    page = browser.get(reverse("roster_change", args=[entry.pk])).content.decode()
    assert "13957200000" in page
    assert 'name="kinds"' not in page
    assert (
        browser.post(reverse("roster_change", args=[entry.pk]), {"kin": "沈大明"}).status_code == 422
    )  # without a version
    browser.post(reverse("roster_change", args=[entry.pk]), {"kin": "沈大明", "seen": entry.version})
    entry.refresh_from_db()
    assert (entry.declared.kin, entry.kinds) == (["沈大明"], ["full_time"])


def test_what_is_sealed_shows_once_with_a_reason_on_record(register, browser_of):
    entry = register.admitted(register.a_mediator(), phone="13957200000")
    address = reverse("roster_sealed", args=[entry.pk])
    reviewer = browser_of(register.reviewer)
    assert "13957200000" not in reviewer.post(address).content.decode()
    assert reviewer.post(address, {"reason": " "}).status_code == 422
    assert Entry.objects.filter(subject="roster_look").count() == 0
    assert "13957200000" in reviewer.post(address, {"reason": "核对材料"}).content.decode()
    assert Entry.objects.filter(subject="roster_look").count() == 1
    assert browser_of(register.manager).post(address, {"reason": "看看"}).status_code == 404


def test_who_is_concerned_is_told(register):
    user = register.a_mediator()
    entry = register.admitted(user)
    commands.suspend(entry, reason="核实", by=register.reviewer)
    for one in Entry.objects.filter(subject="roster"):
        for name in ("tell_reviewers",) if one.kind == "roster.applied" else ("tell_person",):
            deliver.func(one.pk, f"fengqiao.notices.reactions.{name}")
    told = {(one.to.name, one.entry.kind) for one in Notice.objects.all()}
    assert ("朱海波", "roster.applied") in told
    assert ("何静", "roster.applied") in told
    assert {("钱志平", "roster.suspended"), ("孙国良", "roster.suspended")} <= told
    client = Client()
    client.force_login(user)
    notice = Notice.objects.get(to=user, entry__kind="roster.suspended")
    assert client.post(reverse("notice_open", args=[notice.pk])).url == reverse("roster_entry", args=[entry.pk])


# ── the card ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_photo_is_drawn_anew_at_one_size_and_tells_nothing_else():
    drawn = redrawn(a_photo())
    assert drawn.startswith(b"\x89PNG")
    assert b"GPS" not in drawn
    wide, high = int.from_bytes(drawn[16:20], "big"), int.from_bytes(drawn[20:24], "big")
    assert abs(wide / high - WIDTH / HEIGHT) < 0.01


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.4", "JPG 或者 PNG"), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPG 或者 PNG"),
        (b"\xff\xd8\xff\xe0junk", "长宽不对"), (a_photo()[:60], "打不开"), (b"", "JPG 或者 PNG"),
        (a_photo()[:16] + b"\x00\x00\xff\xff" * 2 + a_photo()[24:], "长宽不对"),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused_with_a_sentence(data, why):
    with pytest.raises(Refused, match=why):
        redrawn(data)


def test_the_card_prints_who_it_is_and_its_code_opens_what_anybody_may_know(register, browser_of, client):
    user = register.a_mediator()
    entry = register.admitted(user, phone="13957200000")
    address = reverse("roster_card", args=[entry.pk])
    printed = text_of(browser_of(user).post(address).content)
    assert all(word in printed for word in ("钱志平", "专职调解员", str(entry.certificate), "人民调解不收费"))
    public = reverse("card", args=[entry.card_token])
    page = client.get(public).content.decode()
    assert "有效" in page
    shown = page.partition("<main")[2].partition("</main")[0]
    assert not [secret for secret in ("13957200000", str(entry.certificate), str(entry.valid_to)) if secret in shown]
    commands.suspend(entry, reason="核实", by=register.reviewer)
    page = client.get(public).content.decode()
    assert "暂停" in page
    assert "核实</" not in page
    assert browser_of(user).post(address).status_code == 409
    assert client.get(reverse("card", args=["x" * 43])).status_code == 404


def test_the_photo_of_a_card_is_the_kept_one(register, browser_of, client):
    photo = SimpleUploadedFile("me.png", a_photo(), "image/png")
    browser_of(register.manager).post(reverse("roster_new"), filled(register, photo=photo))
    entry = RosterEntry.objects.get()
    assert portrait(entry.photo) == browser_of(register.manager).get(reverse("roster_photo", args=[entry.pk])).content
    assert client.get(reverse("mediator_photo", args=[entry.pk])).status_code == 404  # not on the roster yet


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_export_holds_roster_and_changes_and_nothing_sealed(register, browser_of):
    entry = register.admitted(register.a_mediator(), phone="13957200000", ties=Ties(kin=["周建国"]))
    commands.change(entry, facts={"introduction": "=1+1"}, by=register.manager)
    browser = browser_of(register.reviewer)
    book = openpyxl.load_workbook(io.BytesIO(browser.post(reverse("roster_export"), {"format": "xlsx"}).content))
    cells = [[str(cell) for cell in row] for sheet in book for row in sheet.iter_rows(values_only=True)]
    assert book.sheetnames == ["名册", "变动记录"]
    assert any("钱志平" in row and entry.certificate in row for row in cells)
    assert any("改了钱志平在名册上的内容：简介" in cell for row in cells for cell in row)
    assert not [
        cell for row in cells for cell in row if "13957200000" in cell or "周建国" in cell or cell.startswith("=")
    ]
    as_csv = browser.post(reverse("roster_export"), {"format": "csv"}).content.decode()
    assert "变动" in as_csv
    assert Entry.objects.filter(kind="access.exported").count() == 2


def a_workbook_without_sheets() -> bytes:
    """It passes for a workbook until its reader opens it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("xl/workbook.xml", "<workbook/>")
    return file.getvalue()


def a_file(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("roster.csv", "\n".join(lines).encode(), "text/csv")


def test_a_roster_is_brought_in_whole(register):
    user = register.a_mediator("吴晓")
    file = a_file(
        "姓名,类别,擅长,语言,任期止,账户,证号", f"吴晓,专职调解员、首席调解员,邻里,普通话,2029-12-31,{user.username},旧-001",
        "老方,专家,,,,,",
    )  # fmt: skip
    made = import_roster(file, body=register.committee, by=register.reviewer)
    assert [(one.name, one.kinds, one.standing) for one in made] == [
        ("吴晓", ["full_time", "chief"], Enrolment.ON), ("老方", ["expert"], Enrolment.ON),
    ]  # fmt: skip
    user.refresh_from_db()
    assert (user.mediates, made[0].specialities, made[0].certificate) == (True, ["02"], "旧-001")


def test_one_wrong_row_and_nobody_is_taken_each_told_with_its_number(register, browser_of):
    file = a_file(
        "姓名,类别,单位,任期止,出生日期",
        "甲,专家,,,",
        "乙,神仙,,,",
        "丙,专家,没有的单位,,",
        "丁,专家,,2029/13/1,",
        "戊,专家,,,2020-01-01",
    )
    with pytest.raises(RowsRefused) as no:
        import_roster(file, body=register.committee, by=register.reviewer)
    assert [line[:9] for line in no.value.problems] == [
        "第 3 行：类别里",
        "第 4 行：没有“",
        "第 5 行：任期止",
        "第 6 行：人民调",
    ]
    assert RosterEntry.objects.count() == 0
    file.seek(0)
    page = browser_of(register.reviewer).post(reverse("roster_import"), {"body": register.committee.pk, "file": file})
    assert page.status_code == 409
    assert "第 3 行：类别里没有“神仙”" in page.content.decode()


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (SimpleUploadedFile("r.pdf", b"%PDF-1.4"), "只收"), (SimpleUploadedFile("r.csv", b""), "空的"),
        (SimpleUploadedFile("r.csv", "姓名\n甲".encode()), "表头缺少这些列：类别"), (SimpleUploadedFile("r.xlsx", b"PK\x03\x04x"), "损坏"),
        (SimpleUploadedFile("r.xlsx", a_workbook_without_sheets()), "损坏"),
        (SimpleUploadedFile("r.csv", "姓名,类别\n=HYPERLINK(1),专家".encode()), "像是公式"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_roster_is_refused_with_a_sentence(register, file, why):
    with pytest.raises(Refused, match=why):
        import_roster(file, body=register.committee, by=register.reviewer)


def test_what_was_exported_can_be_brought_in_again(register, browser_of):
    entry = register.admitted(register.a_mediator(), specialities=["02"])
    file = browser_of(register.reviewer).post(reverse("roster_export"), {"format": "xlsx"}).content
    with pytest.raises(RowsRefused) as no:
        import_roster(SimpleUploadedFile("roster.xlsx", file), body=register.committee, by=register.reviewer)
    assert no.value.problems == [f"第 2 行：证号“{entry.certificate}”已经有人用了，请核对。"]
    book, changed = openpyxl.load_workbook(io.BytesIO(file)), io.BytesIO()
    book["名册"]["J2"] = "新-001"
    book.save(changed)
    upload = SimpleUploadedFile("roster.xlsx", changed.getvalue())
    (made,) = import_roster(upload, body=register.centre, by=register.reviewer)
    assert (made.name, made.specialities, made.body) == ("钱志平", ["02"], register.committee)
