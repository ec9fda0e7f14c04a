"""Whatever is changed behind the ledger's back is found and named: a row, an event, a file, a seal, on both databases."""

from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection

from fengqiao.bodies.commands import open_window, set_up_window
from fengqiao.bodies.models import WindowKind
from fengqiao.disputes.models import Clock, Party
from fengqiao.kernel.calendar import TZ
from fengqiao.ledger import book, sealing
from fengqiao.ledger.models import Entry, Seal
from fengqiao.ledger.verify import verify
from fengqiao.papers.commands import add_upload
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import Role
from tests.world import a_party, a_registered_dispute, a_user, the_center

pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.FENGQIAO_HOME = tmp_path


@contextmanager
def unguarded():
    """Somebody with the database's own powers: the append-only triggers are out of the way."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in ("ledger_entry", "ledger_seal", "ledger_sealedhead"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
        yield cursor


def found():
    return [finding.row for finding in verify()]


def test_a_whole_record_has_no_findings():
    a_registered_dispute()
    assert found() == []
    call_command("verify")


def test_a_clock_that_was_set_back_between_two_entries_makes_no_finding():
    center = the_center()
    boss = a_user(center, Role.MANAGER)
    window = set_up_window(center, name="1号窗口", kind=WindowKind.GENERAL, by=boss)
    with time_machine.travel(datetime.now(TZ) - timedelta(hours=1), tick=False):
        open_window(window, by=boss)
    assert found() == []


@pytest.mark.parametrize(
    ("sql", "row"),
    [
        ("UPDATE disputes_dispute SET amount_fen = 1 WHERE id = %s", "disputes.dispute"),
        ("UPDATE disputes_party SET name = '别人' WHERE dispute_id = %s AND role = 'applicant'", "disputes.party"),
        ("UPDATE disputes_party SET phone = 'broken' WHERE dispute_id = %s AND role = 'applicant'", "disputes.party"),
        ("UPDATE disputes_clock SET due_at = '2030-01-01 00:00:00+00:00' WHERE dispute_id = %s", "disputes.clock"),
    ],
)
def test_a_changed_row_is_named(sql, row):
    dispute = a_registered_dispute()
    with connection.cursor() as cursor:
        cursor.execute(sql, [dispute.pk])
    assert [name.split(":")[0] for name in found()] == [row]
    with pytest.raises(CommandError, match="1 处"):
        call_command("verify")


def test_a_row_that_was_smuggled_in_or_taken_away_is_named():
    dispute = a_registered_dispute()
    party = Party.objects.create(dispute=dispute, role="third", name="无中生有")
    gone = Clock.objects.get(dispute=dispute)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM disputes_clock WHERE id = %s", [gone.pk])
    assert set(found()) == {f"disputes.party:{party.pk}", f"disputes.clock:{gone.pk}"}


@pytest.mark.parametrize("change", ["actor = 'user:999'", 'payload = \'{"by": "别人"}\'', "kind = 'dispute.moved'"])
def test_a_changed_event_is_named(change):
    dispute = a_registered_dispute()
    with unguarded() as cursor:
        cursor.execute(f"UPDATE ledger_entry SET {change} WHERE subject = 'dispute' AND subject_id = %s", [dispute.pk])
    assert found() == [f"ledger.entry:dispute:{dispute.pk}#1"]


def test_a_file_that_was_changed_or_is_gone_is_named():
    dispute = a_registered_dispute()
    paper = add_upload(
        dispute, SimpleUploadedFile("照片.png", PICTURE), kind=PaperKind.EVIDENCE, title="照片", by=a_user()
    )
    assert found() == []
    paper.path.write_bytes(PICTURE + b"x")
    assert found() == [f"papers.paper:{paper.pk}"]
    paper.path.unlink()
    assert found() == [f"papers.paper:{paper.pk}"]


def test_a_chain_rewritten_from_end_to_end_still_meets_the_seal():
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=TZ), tick=False) as clock:
        dispute = a_registered_dispute(parties=[a_party()])
        clock.shift(timedelta(days=1))
        assert [seal.heads for seal in sealing.seal_due()] == [1]
    assert found() == []
    entry = Entry.objects.get(subject="dispute", subject_id=dispute.pk)
    entry.actor = "user:999"
    with unguarded() as cursor:  # even somebody who knows how hashes are made
        cursor.execute(
            "UPDATE ledger_entry SET actor = %s, hash = %s WHERE id = %s", [entry.actor, book.chained(entry), entry.pk]
        )
    assert found() == [f"ledger.entry:dispute:{dispute.pk}#1"]


def test_a_seal_that_was_changed_is_named_and_its_signature_does_not_fit():
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=TZ), tick=False) as clock:
        a_registered_dispute()
        clock.shift(timedelta(days=2))
        sealing.seal_due()
    first = Seal.objects.earliest("day")
    with unguarded() as cursor:
        cursor.execute("UPDATE ledger_seal SET root = %s WHERE id = %s", ["sha256:" + "0" * 64, first.pk])
    assert f"ledger.seal:{first.day}" in found()


def test_sealing_a_day_again_changes_nothing():
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=TZ), tick=False) as clock:
        a_registered_dispute()
        clock.shift(timedelta(days=1))
        sealing.seal_due()
        assert sealing.seal_due() == []
    assert Seal.objects.count() == 1
