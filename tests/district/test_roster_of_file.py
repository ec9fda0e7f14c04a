"""What a district's folder says of its roster: who mediates, who reviews, which grades there are."""

import pytest
from django.core.management import CommandError

from fengqiao.ledger.verify import verify
from fengqiao.people.models import RosterEntry, RosterRules, User
from fengqiao.people.roster import commands
from fengqiao.people.roster.models import Enrolment, Source
from tests.district.folders import a_folder, change
from tests.district.test_loading import load

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # loading is tried on both engines in test_loading.py

QIAN = "qianzhiping,钱志平,mediator,mdc-town-feiying,,专职调解员,,1,,示例"
RULES = """roster:
  reviewer: dept-petition-office
  grades: {top: 首席级, base: 普通级}
  term_years: 5
"""


def with_rules(folder, rules: str = RULES):
    path = folder / "district.yaml"
    path.write_text(path.read_text(encoding="utf-8") + rules, encoding="utf-8")
    return folder


def test_who_mediates_by_the_file_is_on_the_roster_and_a_second_load_changes_nothing():
    load()
    said = set(User.objects.filter(mediates=True).values_list("username", flat=True))
    assert {entry.user.username for entry in RosterEntry.objects.select_related("user")} == said
    assert len(said) > 4
    qian = RosterEntry.objects.get(user__username="qianzhiping")
    assert (qian.source, qian.kinds, qian.why_not_named()) == (Source.DISTRICT, ["full_time"], None)
    before = list(RosterEntry.objects.order_by("pk").values())
    load()
    assert list(RosterEntry.objects.order_by("pk").values()) == before
    assert list(verify()) == []


def test_what_was_decided_here_outlives_the_next_load():
    load()
    reviewer = User.objects.get(username="zhuhaibo")
    entry = RosterEntry.objects.get(user__username="qianzhiping")
    commands.remove(entry, reason="本人辞去", by=reviewer)
    load()
    user = User.objects.get(username="qianzhiping")
    assert (user.mediates, user.roster_entry.standing) == (False, Enrolment.REMOVED)


def test_the_file_takes_people_off_again_back_on_and_moves_them(tmp_path):
    folder = a_folder(tmp_path)
    load(folder)
    change(folder / "accounts.csv", QIAN, QIAN.replace(",1,,示例", ",0,,示例"))
    load(folder)
    assert RosterEntry.objects.get(user__username="qianzhiping").standing == Enrolment.REMOVED
    change(
        folder / "accounts.csv", QIAN.replace(",1,,示例", ",0,,示例"), QIAN.replace("mdc-town-feiying", "mdc-labour")
    )
    load(folder)
    load(folder)
    entry = RosterEntry.objects.get(user__username="qianzhiping")
    assert (entry.standing, entry.body.key, entry.user.mediates) == (Enrolment.ON, "mdc-labour", True)
    assert list(verify()) == []


def test_a_county_says_who_reviews_which_grades_there_are_and_how_long_a_term_is(tmp_path):
    load(with_rules(a_folder(tmp_path)))
    rules = RosterRules.now()
    assert (rules.reviewer.key, rules.term_years) == ("dept-petition-office", 5)
    assert rules.grade_choices == [("top", "首席级"), ("base", "普通级")]
    assert [key for key, _name in rules.language_choices] == ["putonghua", "local", "sign", "english"]


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ("roster: {reviewer: nobody}\n", "nobody"), ("roster: {term_years: zero}\n", "term_years 应是"),
        ("roster: {grades: {最高: 特级}}\n", "小写字母"), ("roster: {bonus: 1}\n", "不认识的名称"),
    ],
)  # fmt: skip
def test_a_rule_that_does_not_hold_is_told_and_nothing_is_loaded(tmp_path, rules, why):
    with pytest.raises(CommandError, match=why):
        load(with_rules(a_folder(tmp_path), rules))
    assert not RosterEntry.objects.exists()
