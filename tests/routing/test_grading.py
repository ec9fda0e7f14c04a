"""分级: the thresholds propose with reasons, a person confirms or says why not, and all of it can be made again."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from fengqiao.disputes.models import Difficulty, Dispute, PartyKind
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import SYSTEM
from fengqiao.routing import commands, panels
from fengqiao.routing.grading import books
from fengqiao.routing.grading.book import COMPLEX, GENERAL, MAJOR, Line, propose
from fengqiao.routing.grading.counting import applying
from fengqiao.routing.grading.proposing import proposed
from fengqiao.routing.models import GradeBook, Grading
from tests.world import a_category, a_party

MANY = Line("people", "people", 10, COMPLEX, "人多")
VERY_MANY = Line("very", "people", 30, MAJOR)
DEATH = Line("death", "death", 1, MAJOR)
MONEY = Line("money", "amount", 10_000_00, COMPLEX)
ALL = (MANY, VERY_MANY, DEATH, MONEY)


@pytest.mark.parametrize(
    ("facts", "level", "keys"),
    [
        ({"people": 9}, GENERAL, []),
        ({"people": 10}, COMPLEX, ["people"]),
        ({"people": 31, "amount": 10_000_00}, MAJOR, ["very"]),
        ({"people": 2, "death": 1}, MAJOR, ["death"]),
        ({"people": 12, "amount": 10_000_00}, COMPLEX, ["people", "money"]),
        ({}, GENERAL, []),
    ],
)
def test_the_highest_level_of_which_a_line_holds(facts, level, keys):
    found = propose(facts, ALL)
    assert (found.level, [line.key for line in found.lines]) == (level, keys)


def test_no_thresholds_no_proposal():
    assert propose({"people": 900}, []) is None


def grade(dispute, level, by, **kw):
    return commands.grade(dispute, category=a_category(), difficulty=level, risk="R0", by=by, **kw)


def crowd(town) -> Dispute:
    """Thirty one workers and who owes them."""
    workers = a_party(name="某厂工人", kind=PartyKind.GROUP, head_count=31)
    return town.dispute(parties=[workers])


def replayed() -> str:
    out = StringIO()
    call_command("replay_gradings", stdout=out)
    return out.getvalue()


def test_a_person_follows_without_a_word_and_says_why_when_not(town):
    books.take_in(ALL, by=SYSTEM)
    dispute, by = crowd(town), town.clerk()
    assert "涉及人数 31，达到 30" in proposed(dispute).reason
    assert panels.panel(dispute, by)["grade"].level == MAJOR
    with pytest.raises(Refused, match="标准建议定为“重大疑难”.*请写明理由"):
        grade(dispute, Difficulty.COMPLEX, by)
    dispute = grade(dispute, Difficulty.MAJOR, by)
    row = Grading.objects.get()
    assert (row.version, row.proposal, row.level, row.is_followed, row.lines) == (1, MAJOR, MAJOR, True, ["very"])
    assert (row.facts["people"], "amount" in row.facts) == (31, False)
    dispute = grade(dispute, Difficulty.COMPLEX, by, remark="都谈好了，只差签字")
    assert (dispute.difficulty, Grading.objects.last().is_followed) == (Difficulty.COMPLEX, False)
    assert panels.panel(dispute, by)["grade"] is None  # somebody judged these very facts
    entry = Entry.objects.of("dispute", dispute.pk).last().payload
    assert (entry["proposed"], entry["version"], entry["level"]) == (MAJOR, 1, COMPLEX)


def test_what_only_people_see_is_marked_and_stays_marked(town):
    books.take_in(ALL, by=SYSTEM)
    dispute, by = town.dispute(), town.clerk()
    dispute = grade(dispute, Difficulty.MAJOR, by, marks=["death"])
    assert proposed(dispute).level == MAJOR
    with pytest.raises(Refused, match="和原来一样"):
        grade(dispute, Difficulty.MAJOR, by)
    assert grade(dispute, Difficulty.GENERAL, by, marks=[]).difficulty == Difficulty.GENERAL


def test_without_thresholds_a_changed_grade_needs_its_reason_as_ever(town):
    dispute, by = town.dispute(), town.clerk()
    with pytest.raises(Refused, match="请写明理由"):
        grade(dispute, Difficulty.COMPLEX, by)
    grade(dispute, Difficulty.COMPLEX, by, remark="八户")
    assert (Grading.objects.get().version, Grading.objects.get().proposal) == (0, "")


def test_every_change_makes_a_version_and_old_ones_are_replayed(town):
    assert books.take_in(ALL, by=SYSTEM) == (4, 0)
    grade(crowd(town), Difficulty.MAJOR, town.clerk())
    assert books.take_in(ALL, by=SYSTEM) == (0, 0)
    assert books.take_in([MANY], by=SYSTEM) == (0, 3)
    assert GradeBook.objects.count() == 2
    grade(crowd(town), Difficulty.COMPLEX, town.clerk())
    assert "2 条分级记录，重算全都一样" in replayed()
    Grading.objects.filter(version=2).update(proposal=GENERAL)
    with pytest.raises(CommandError, match="2 条分级记录里有 1 条"):
        replayed()
    Grading.objects.filter(version=2).update(proposal=COMPLEX)


def test_who_grades_counts_those_for_whom_one_has_written(town):
    books.take_in(ALL, by=SYSTEM)
    dispute, by = town.dispute(), town.clerk()
    with pytest.raises(Refused, match="涉及人数 31，达到 30"):
        grade(dispute, Difficulty.GENERAL, by, applicants=30)
    assert applying(dispute) == 1, "what was refused changes nothing"
    with pytest.raises(Refused, match="应有 1 到"):
        grade(dispute, Difficulty.GENERAL, by, applicants=0)
    dispute = grade(dispute, Difficulty.MAJOR, by, applicants=30)
    assert [party.head_count for party in dispute.parties.all()] == [30, 1]
    assert (Grading.objects.get().facts["people"], Grading.objects.get().proposal) == (31, MAJOR)
    assert "申请人一共 30 人" in Entry.objects.of("dispute", dispute.pk).last().payload["remark"]
    assert grade(dispute, Difficulty.GENERAL, by, applicants=8).difficulty == Difficulty.GENERAL
    assert list(verify()) == []


def test_the_page_that_comes_back_proposes_what_its_refusal_says(town, client):
    books.take_in(ALL, by=SYSTEM)
    dispute = town.dispute()
    client.force_login(town.clerk())
    sent = {"seen": dispute.version, "difficulty": GENERAL, "risk": "R0", "applicants": "46"}
    answer = client.post(reverse("grade", args=[dispute.number]), sent)
    assert answer.status_code == 409
    assert "<b>重大疑难</b>" in answer.content.decode()
