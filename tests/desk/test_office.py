"""Administration and audit: their own homes, and none of the others'."""

import json

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from fengqiao.bodies.models import Window, WindowKind
from fengqiao.desk.tasks import verify_record
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry
from fengqiao.ledger.sealing import seal
from fengqiao.ledger.tasks import deliver
from fengqiao.notices.models import Notice
from fengqiao.people.models import Role
from tests.world import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # pages; their commands are tried on both engines


@pytest.fixture
def auditor(town):
    return a_user(town.centre, Role.AUDITOR, name="严审")


def test_each_starts_at_home(town, at_desk, auditor):
    assert at_desk(a_user(town.centre, Role.ADMIN)).get("/desk/").headers["Location"] == "/desk/office/"
    assert at_desk(auditor).get("/desk/").headers["Location"] == "/desk/ledger/"


def test_nobody_else_comes_in(town, at_desk, auditor):
    for page in ("office/", "ledger/", "ledger/seals.json"):
        assert at_desk(town.clerk()).get(f"/desk/{page}").status_code == 403
    assert at_desk(auditor).get("/desk/office/").status_code == 403
    assert at_desk(a_user(town.centre, Role.ADMIN)).get("/desk/ledger/").status_code == 403
    assert at_desk(a_user(town.centre, Role.ADMIN)).post("/desk/ledger/verify/").status_code == 403


def test_the_administrator_finds_accounts_and_windows(town, at_desk):
    admin = at_desk(a_user(town.centre, Role.ADMIN, name="管晓明"))
    a_user(town.centre, name="褚一诺", username="chu", is_active=False)
    a_user(town.centre, role="", name="卫国")
    window = Window.objects.create(
        body=town.centre, key="w", name="公证窗口", kind=WindowKind.SERVICE, retired_on="2026-03-01"
    )

    def listed(query: str) -> str:
        return admin.get(f"/desk/office/?{query}").content.decode().partition("<tbody>")[2].partition("</tbody>")[0]

    assert "管晓明" in listed("")
    for query in ("q=chu", "q=褚", f"q={town.centre.name}&standing=closed", "role=clerk&standing=closed"):
        assert "褚一诺" in listed(query), query
        assert "管晓明" not in listed(query), query
    assert "卫国" in listed("role=none")
    assert "管晓明" in listed("role=unheard-of"), "what makes no sense is as good as not said"
    assert "没有找到" in admin.get("/desk/office/?q=zz").content.decode()
    for query in ("standing=retired", f"q={window.name}", f"q={town.centre.name}"):
        assert "公证窗口" in listed(f"show=windows&{query}"), query
    assert "公证窗口" not in listed("show=windows&standing=used")


def test_the_auditor_has_the_record_verified_and_is_told(town, at_desk, auditor):
    town.dispute()
    client = at_desk(auditor)
    assert client.post("/desk/ledger/verify/").status_code == 302
    assert client.post("/desk/ledger/verify/").status_code == 409
    verify_record.call(auditor.pk)
    entry = Entry.objects.of("user", auditor.pk).get()
    assert entry.payload["result"] == "完整，没有被改过"
    deliver.call(entry.pk, "fengqiao.notices.reactions.tell_asker")
    assert Notice.objects.get().to == auditor
    assert "整本账核对完了" in client.get("/desk/ledger/").content.decode()
    assert "整本账核对完了" in client.get("/desk/notices/").content.decode()


def test_a_finding_is_named(town, auditor):
    dispute = town.dispute()
    Dispute.objects.filter(pk=dispute.pk).update(title="x")
    verify_record.call(auditor.pk)
    entry = Entry.objects.of("user", auditor.pk).get()
    assert "发现 1 处不符" in entry.sentence
    assert str(dispute.pk) in entry.payload["findings"][0]


def test_a_proof_that_was_asked_for_waits_in_the_queue(at_desk, auditor):
    at_desk(auditor).post("/desk/ledger/verify/")
    assert DBTaskResult.objects.get().task_path == verify_record.module_path


def test_seals_can_be_taken_away(town, at_desk, auditor):
    town.dispute()
    made = seal(timezone.localdate())
    answer = at_desk(auditor).get("/desk/ledger/seals.json")
    assert json.loads(answer.content)["seals"][0]["root"] == made.root
    assert "attachment" in answer.headers["Content-Disposition"]
