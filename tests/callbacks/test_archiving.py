"""The file is put away whole, or not at all; and for as long as it must be."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from fengqiao.callbacks import commands
from fengqiao.callbacks.contents import missing, why_not_ready
from fengqiao.callbacks.models import Archive
from fengqiao.callbacks.package import build
from fengqiao.callbacks.proof import archives_are_whole
from fengqiao.callbacks.retention import FOREVER, retention_of
from fengqiao.disputes.lifecycle import Act, State
from fengqiao.disputes.models import Difficulty
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.papers.models import PaperKind
from tests.fulfilment.scenes import NUMBER, agreed, step
from tests.world import a_category, a_committee, a_party, a_registered_dispute, a_user

from .scenes import WHOLE, archived, called, closed, failed, papers, performed, ready

pytestmark = pytest.mark.django_db


def test_a_file_that_is_whole_is_put_away():
    scene, archive = archived()
    assert scene.state == State.ARCHIVED
    assert scene.dispute.due_at is None
    assert archive.number == NUMBER
    assert archive.years == 10
    assert archive.keep_until == date(timezone.localdate().year + 10, 12, 31)
    assert archive.file.stat().st_size == archive.size
    assert archive.papers == 9  # five papers, the receipt, the call-back, the story, the note
    assert Entry.objects.of("dispute", scene.dispute.pk).last().kind == "callback.archived"
    assert list(verify()) == []
    assert list(archives_are_whole()) == []


def test_what_is_missing_is_said_in_one_sentence():
    scene = closed(papers(performed(), WHOLE[:2]))
    called(scene)
    with pytest.raises(Refused, match="还缺：身份证明、调解记录、调解协议书或者口头协议登记表。请补齐"):
        commands.archive(scene.dispute, years=None, by=scene.clerk)
    assert not Archive.objects.exists()
    assert scene.state == State.FOLLOW_UP


def test_what_must_be_there_depends_on_how_it_ended():
    scene = closed(failed())
    assert missing(scene.dispute) == ["申请书或者受理登记表", "终止调解通知书"]
    body = a_committee()
    clerk = a_user(body)
    rejected = a_registered_dispute(body, clerk)
    step(rejected, Act.REJECT, by=clerk)
    commands.close(rejected, outcome="", remark="", by=clerk)
    rejected.refresh_from_db()
    assert missing(rejected) == ["申请书或者受理登记表", "不予受理告知书"]


def test_a_failed_mediation_is_archived_with_its_notice():
    scene = closed(papers(failed(), ((PaperKind.APPLICATION, "申请书"), (PaperKind.TERMINATION, "终止调解通知书"))))
    called(scene)
    _scene, archive = archived(scene)
    assert archive.number == scene.dispute.official_number


def test_without_a_call_back_it_stays_open():
    scene = closed(papers(performed()))
    with pytest.raises(Refused, match="还没有回访过"):
        commands.archive(scene.dispute, years=None, by=scene.clerk)
    called(scene, rating="unreached")
    assert why_not_ready(scene.fresh()) is None


def test_an_objection_is_answered_before_archiving():
    scene = ready()
    objection = commands.contest(scene.fresh(), words="少付了", by=scene.receiver)
    with pytest.raises(Refused, match="异议没有答复"):
        commands.archive(scene.fresh(), years=None, by=scene.clerk)
    commands.answer(objection, words="凭证在此", by=scene.clerk)
    assert archived(scene)[1].volume == 1


def test_only_the_handling_body_archives():
    scene = ready()
    for person in (scene.receiver, a_user(a_committee())):
        with pytest.raises(Refused, match="只有承办单位可以归档"):
            commands.archive(scene.fresh(), years=None, by=person)


def test_a_paper_that_was_changed_on_disk_is_found_before_archiving():
    scene = ready()
    paper = scene.dispute.papers.get(kind=PaperKind.MINUTES, form="")
    whole = paper.read()
    try:
        paper.path.write_bytes(b"%PDF-1.4 something else")
        with pytest.raises(Refused, match="校验值不一致"):
            commands.archive(scene.fresh(), years=None, by=scene.clerk)
    finally:
        paper.path.write_bytes(whole)


def test_what_happens_while_it_is_packed_is_noticed(monkeypatch):
    scene = ready()

    def meanwhile(*args, **kw):
        package = build(*args, **kw)
        called(scene, party=scene.debtor)
        return package

    monkeypatch.setattr(commands, "build", meanwhile)
    with pytest.raises(Stale, match="打包的时候有人动了"):
        commands.archive(scene.fresh(), years=None, by=scene.clerk)
    assert not Archive.objects.exists()


def test_opened_again_and_archived_again_makes_a_second_volume_and_keeps_the_first():
    scene, first = archived()
    commands.reopen(scene.fresh(), reason="补一份凭证", by=scene.clerk)
    step(scene.fresh(), Act.FAIL, by=scene.clerk)
    papers(scene, ((PaperKind.TERMINATION, "终止调解通知书"),))
    closed(scene)
    with pytest.raises(Refused, match="还没有回访过"):
        archived(scene)
    called(scene)
    _scene, second = archived(scene)
    assert (second.volume, second.number) == (2, first.number)
    assert first.file.exists()
    assert first.file != second.file
    assert list(archives_are_whole()) == []
    assert list(verify()) == []


def test_ten_years_for_the_ordinary_thirty_for_what_is_major_young_or_land():
    assert retention_of(agreed().dispute).years == 10
    assert retention_of(a_registered_dispute(difficulty=Difficulty.MAJOR)).why == "重大疑难"
    assert retention_of(a_registered_dispute(category=a_category("07", "山林土地"))).years == 30
    young = a_party(born_on=timezone.localdate() - timedelta(days=17 * 365))
    assert retention_of(a_registered_dispute(parties=[young, a_party("respondent")])).why == "涉及未成年人"


def test_longer_is_allowed_shorter_is_not():
    scene = ready()
    scene.dispute.difficulty = Difficulty.MAJOR
    assert retention_of(scene.dispute).allows(30)
    assert retention_of(scene.dispute).allows(FOREVER)
    assert not retention_of(scene.dispute).allows(10)
    _scene, archive = archived(scene, years=FOREVER)
    assert archive.keep_until is None
    assert archive.years_in_words == "永久"


def test_a_shorter_time_than_the_rules_say_is_refused():
    scene = ready()
    with pytest.raises(Refused, match="至少保管10 年"):
        commands.archive(scene.fresh(), years=5, by=scene.clerk)


def test_verify_names_the_archive_whose_package_was_changed():
    _scene, archive = archived()
    data = bytearray(archive.file.read_bytes())
    data[len(data) // 2] ^= 1
    archive.file.write_bytes(data)
    assert [str(finding) for finding in archives_are_whole()] == [
        f"callbacks.archive:{archive.pk}: the package was changed"
    ]
    archive.file.unlink()
    assert [finding.why for finding in archives_are_whole()] == ["the package is gone"]
