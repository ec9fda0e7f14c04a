"""What nobody at a window heard is read before somebody decides where it goes: a proposal, kept once, that sets nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fengqiao.desk.proof import proof_of
from fengqiao.disputes import commands
from fengqiao.disputes.models import Category, Channel, Dispute
from fengqiao.intake.models import TextReading
from fengqiao.intake.panels import reading_panel
from fengqiao.intake.understanding import arrivals, reading
from fengqiao.intake.understanding.weights import shipped
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.notices.models import Notice
from fengqiao.people.models import Role
from fengqiao.routing import commands as routing
from tests.delivering import work
from tests.routing.town import Town
from tests.world import a_category, a_party, a_user

pytestmark = pytest.mark.django_db

DANGER = "物业三个月不修电梯，我们全体业主商量好了，明天去政府门口拉横幅"
WAGES = "我们车间四十多名工人三个月没拿到工资"


@pytest.fixture(autouse=True)
def words_alone(monkeypatch):
    """A meaning takes fifty milliseconds and says nothing of what is tried here."""
    monkeypatch.setattr(reading, "meaning", lambda text: None)


@pytest.fixture
def town() -> Town:
    return Town()


def arrived(town, facts=WAGES, channel=Channel.ONLINE, **kw) -> Dispute:
    return commands.register(
        title="来信", facts=facts, parties=[a_party()], body=town.branch, channel=channel, by=town.clerk(), **kw
    )


def found_for(dispute, actor):
    return reading_panel(Dispute.objects.get(pk=dispute.pk), actor)


def test_it_is_read_once_with_its_words_and_stands_in_the_ledger(town):
    dispute = arrived(town)
    assert arrivals.read_arrivals() == 1
    row = dispute.text_readings.get()
    assert (row.letter, row.is_mass, row.version) == ("L", True, shipped().version)
    assert row.kind_words
    assert all(word in WAGES for word in [*row.kind_words, *row.mass_words])
    assert Entry.objects.of("reading_of", dispute.pk).get().kind == "reading.read"
    assert [str(one) for one in verify()] == []
    assert arrivals.read_arrivals() == 0
    dispute.refresh_from_db()
    assert (dispute.category, dispute.version) == (None, 1)


def test_danger_is_read_first_and_told_to_those_who_run_the_body(town, monkeypatch):
    monkeypatch.setattr(arrivals, "AT_ONCE", 1)
    arrived(town)
    grave = arrived(town, DANGER)
    manager, stranger = a_user(town.branch, Role.MANAGER), town.clerk(town.other_village)
    arrivals.read_arrivals()
    assert [row.dispute_id for row in TextReading.objects.all()] == [grave.pk]
    work()
    assert [one.entry.kind for one in Notice.objects.of(manager)] == ["reading.danger"]
    assert not Notice.objects.of(stranger).exists()


@pytest.mark.parametrize("channel", [Channel.WINDOW, Channel.LETTER])
def test_what_a_clerk_has_heard_is_not_read_again(town, channel):
    arrived(town, channel=channel)
    assert arrivals.read_arrivals() == 0


def test_what_is_decided_or_lies_long_is_left_alone(town):
    accepted = arrived(town)
    routing.accept(accepted, by=town.clerk())
    Dispute.objects.filter(pk=arrived(town).pk).update(registered_at=timezone.now() - timedelta(days=8))
    assert arrivals.read_arrivals() == 0


def test_those_who_decide_where_it_goes_see_it_and_nobody_else(town):
    a_category("03", "劳动", crosswalk={"dispute16": ["L"]})
    dispute, clerk = arrived(town), town.clerk()
    assert found_for(dispute, clerk) is None
    arrivals.read_arrivals()
    assert [one.name for one in found_for(dispute, clerk)["choices"]] == ["劳动"]
    assert found_for(dispute, town.clerk(town.other_village)) is None
    routing.accept(dispute, by=clerk)
    assert found_for(dispute, clerk) is None, "it was for the decision, which is taken"


def test_of_a_restricted_matter_nobody_reads_the_reading_who_may_not_read_the_text(town):
    clerk, manager = town.clerk(), a_user(town.branch, Role.MANAGER)
    dispute = arrived(town, DANGER, is_restricted=True)
    arrivals.read_arrivals()
    work()
    assert found_for(dispute, clerk) is None
    assert not Notice.objects.of(clerk).exists()
    assert found_for(dispute, manager) is not None


def test_a_category_that_somebody_gave_is_not_proposed_over(town):
    a_category("03", "劳动", crosswalk={"dispute16": ["L"]})
    dispute = arrived(town, category=a_category("02", "邻里"))
    arrivals.read_arrivals()
    shown = found_for(dispute, town.clerk())
    assert shown["choices"] == []
    dispute.refresh_from_db()
    assert dispute.category.name == "邻里"


def test_one_press_on_the_page_takes_the_category_by_the_act_of_grading(town, client):
    labour = a_category("03", "劳动", crosswalk={"dispute16": ["L"]})
    dispute, clerk = arrived(town, DANGER + "。" + WAGES), town.clerk()
    arrivals.read_arrivals()
    client.force_login(clerk)
    page = client.get(f"/desk/disputes/{dispute.number}/").content.decode()
    assert "来文读到的" in page
    assert "话里有危险" in page
    assert f'name="category" value="{labour.pk}"' in page
    told = {
        "title": dispute.title,
        "difficulty": dispute.difficulty,
        "risk": dispute.risk,
        "category": labour.pk,
        "seen": 1,
    }
    answer = client.post(f"/desk/disputes/{dispute.number}/grade/", told)
    assert answer.status_code == 302
    assert Category.objects.get(disputes=dispute) == labour
    assert "定为劳动" not in client.get(f"/desk/disputes/{dispute.number}/").content.decode()


def test_a_reading_that_was_written_over_shows_in_the_proof_of_the_dispute(town):
    dispute = arrived(town)
    arrivals.read_arrivals()
    assert proof_of(dispute).is_whole
    TextReading.objects.update(letter="P")
    assert not proof_of(dispute).is_whole
