"""The roster by its commands: application, review, term, suspension, change; each undone by a second change, all on record."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role, RosterEntry, RosterRules
from fengqiao.people.roster import commands, terms
from fengqiao.people.roster.by_file import GONE_FROM_FILE, as_the_district_says
from fengqiao.people.roster.models import Enrolment, Kind, Source, Ties
from fengqiao.people.roster.sight import visible_to
from tests.people.register import Register, sentences
from tests.world import a_committee, a_region, a_town_branch, a_user


def today() -> date:
    return timezone.localdate()


# ── onto the roster ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_body_applies_the_centre_reviews_and_the_account_mediates_from_then_on(register: Register):
    user = register.a_mediator()
    user.__class__.objects.filter(pk=user.pk).update(mediates=False)
    entry = register.applied(user)
    assert (entry.standing, entry.mediates) == (Enrolment.APPLIED, True)
    entry = commands.admit(entry, valid_from=today(), reason="材料齐全", by=register.reviewer)
    user.refresh_from_db()
    assert (entry.standing, user.mediates) == (Enrolment.ON, True)
    assert entry.certificate == f"吴调证{today().year}-0001"
    assert entry.valid_to == date(today().year + 3, today().month, today().day) - timedelta(days=1)
    assert sentences(entry) == [
        f"孙国良 申报钱志平进名册（专职调解员，{register.committee}）。",
        f"朱海波 准许钱志平进名册，证号 {entry.certificate}，任期 {today()} 至 {entry.valid_to}。材料齐全",
    ]


def test_somebody_applies_for_themselves_but_for_nobody_else(register: Register):
    user = register.a_mediator()
    assert commands.apply(register.draft(user), by=user).standing == Enrolment.APPLIED
    with pytest.raises(Refused, match="只能给自己，或者给本单位的人申报"):
        commands.apply(register.draft(register.a_mediator("吴晓")), by=user)
    elsewhere = a_user(a_committee(a_region("330502002000", "爱山街道")), Role.MANAGER)
    with pytest.raises(Refused, match="只能给自己"):
        commands.apply(register.draft(), by=elsewhere)


def test_nobody_is_on_the_roster_twice(register: Register):
    user = register.a_mediator()
    register.applied(user)
    with pytest.raises(Refused, match="已经在名册上，或者已经申报过"):
        register.applied(user)


def test_who_is_not_of_age_does_not_come_onto_the_roster(register: Register):
    young = today().replace(year=today().year - 18) + timedelta(days=1)
    with pytest.raises(Refused, match=r"成年公民担任（人民调解法 14）"):
        register.applied(born_on=young)
    unknown = register.applied(born_on=None)
    with pytest.raises(Refused, match="还没有出生日期"):
        commands.admit(unknown, valid_from=today(), by=register.reviewer)


def test_what_is_missing_goes_back_with_a_reason_is_completed_and_comes_again(register: Register):
    entry = register.applied(born_on=None)
    entry = commands.return_back(entry, reason="请补出生日期", by=register.reviewer)
    assert (entry.standing, entry.reason) == (Enrolment.RETURNED, "请补出生日期")
    entry = commands.resubmit(entry, facts={"born_on": date(1970, 1, 1)}, remark="补了", by=register.manager)
    entry = commands.admit(entry, valid_from=today(), by=register.reviewer)
    assert entry.standing == Enrolment.ON


def test_a_refusal_gives_its_reason_and_may_be_followed_by_a_new_application(register: Register):
    entry = register.applied()
    with pytest.raises(Refused, match="请写明理由"):
        commands.refuse(entry, reason=" ", by=register.reviewer)
    entry = commands.refuse(entry, reason="没有做过调解", by=register.reviewer)
    assert (entry.standing, entry.reason) == (Enrolment.REFUSED, "没有做过调解")
    assert commands.resubmit(entry, facts={}, by=register.manager).standing == Enrolment.APPLIED


def test_only_the_reviewing_body_decides_and_nobody_on_themselves(register: Register):
    entry = register.applied()
    for person in (register.manager, a_user(register.centre, Role.DISPATCHER), a_user(register.branch, Role.MANAGER)):
        with pytest.raises(Refused, match="只有审核单位"):
            commands.admit(entry, valid_from=today(), by=person)
    own = commands.apply(register.draft(register.reviewer, body=register.centre), by=register.reviewer)
    with pytest.raises(Refused, match="不能审核自己"):
        commands.admit(own, valid_from=today(), by=register.reviewer)
    assert commands.admit(own, valid_from=today(), by=register.second_reviewer).standing == Enrolment.ON


def test_another_body_reviews_where_the_county_says_so(register: Register):
    bureau = a_committee(register.centre.region, kind="department")
    RosterRules.objects.create(reviewer=bureau, term_years=1)
    entry = register.applied()
    with pytest.raises(Refused, match="只有审核单位"):
        commands.admit(entry, valid_from=today(), by=register.reviewer)
    entry = commands.admit(entry, valid_from=date(2026, 3, 1), by=a_user(bureau, Role.MANAGER))
    assert entry.valid_to == date(2027, 2, 28)


def test_a_certificate_belongs_to_one_person(register: Register):
    register.admitted()
    first = RosterEntry.objects.get()
    other = register.applied(register.a_mediator("吴晓"))
    with pytest.raises(Refused, match="已经有人用了"):
        commands.admit(other, valid_from=today(), certificate=str(first.certificate), by=register.reviewer)


# ── its course ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_suspending_and_removing_are_undone_by_a_second_change(register: Register):
    user = register.a_mediator()
    entry = register.admitted(user)
    entry = commands.suspend(entry, reason="有人投诉，在核实", by=register.reviewer)
    assert "调解资格暂停了：有人投诉，在核实" in str(entry.why_not_named())
    entry = commands.resume(entry, reason="查清了，没有问题", by=register.reviewer)
    assert entry.why_not_named() is None
    entry = commands.remove(entry, reason="本人辞去", by=register.reviewer)
    user.refresh_from_db()
    assert (user.mediates, "已退出名册：本人辞去" in str(entry.why_not_named())) == (False, True)
    entry = commands.restore(entry, reason="本人改变主意", by=register.reviewer)
    user.refresh_from_db()
    assert (user.mediates, entry.standing) == (True, Enrolment.ON)
    with pytest.raises(Refused, match="“在册”时不能这样办"):
        commands.resume(entry, reason="再来一次", by=register.reviewer)


def test_after_the_last_day_nothing_new_and_renewing_opens_a_further_term(register: Register):
    entry = register.admitted(register.a_mediator(), until=today())
    assert entry.why_not_named() is None
    entry = register.admitted(register.a_mediator("吴晓"), until=today() - timedelta(days=1))
    assert (entry.standing_words, entry.is_expired) == ("已到期", True)
    assert "已经到期。续任以后才能接新的案件" in str(entry.why_not_named())
    with pytest.raises(Refused, match="新的任期要到今天以后"):
        commands.renew(entry, valid_to=today(), by=register.reviewer)
    entry = commands.renew(entry, valid_to=today() + timedelta(days=365), by=register.reviewer)
    assert entry.why_not_named() is None


@pytest.mark.parametrize(("days", "told"), [(61, 0), (60, 1), (31, 1), (30, 1), (7, 1), (0, 1), (-1, 0)])
def test_the_end_of_a_term_is_told_once_at_each_mark(register: Register, days: int, told: int):
    entry = register.admitted(register.a_mediator(), until=today() + timedelta(days=days))
    assert terms.warn_ending() == told
    assert terms.warn_ending() == 0
    assert Entry.objects.filter(kind="roster.ending", subject_id=entry.pk).count() == told


def test_a_change_keeps_what_was_said_before_and_never_what_is_sealed(register: Register):
    entry = register.admitted(register.a_mediator())
    facts = {"introduction": "调过三百件邻里纠纷", "ties": Ties(kin=["周建国"]), "phone": "13957200000"}
    entry = commands.change(entry, facts=facts, reason="补简介", by=register.manager)
    last = Entry.objects.of("roster", entry.pk).last()
    assert last.payload["what"] == "简介、电话、回避信息"
    assert (last.payload["before"], last.payload["after"]) == (
        {"introduction": ""},
        {"introduction": "调过三百件邻里纠纷"},
    )
    assert "周建国" not in str(last.payload)
    assert entry.declared.kin == ["周建国"]
    with pytest.raises(Refused, match="没有改动"):
        commands.change(entry, facts={"phone": "139 5720 0000"}, by=register.manager)


def test_the_person_changes_what_is_theirs_to_say_and_no_more(register: Register):
    user = register.a_mediator()
    entry = register.admitted(user)
    entry = commands.change(entry, facts={"on_call": True}, by=user)
    with pytest.raises(Refused, match="要由所属单位的负责人来改"):
        commands.change(entry, facts={"kinds": [Kind.CHIEF]}, by=user)
    with pytest.raises(Refused, match="只有本人和所属单位的负责人可以改"):
        commands.change(entry, facts={"on_call": False}, by=register.a_mediator("别人"))


def test_who_saw_an_older_version_is_told_so(register: Register):
    entry = register.admitted(register.a_mediator())
    commands.change(entry, facts={"on_call": True}, by=register.manager, seen=entry.version)
    with pytest.raises(Stale, match="刚刚有人动过"):
        commands.suspend(entry, reason="核实", by=register.reviewer, seen=entry.version)


def test_further_bodies_are_served_until_a_day(register: Register):
    trade = a_committee(register.centre.region, kind="mdc_industry")
    entry = register.admitted(register.a_mediator(), serves=[trade])
    entry = commands.change(entry, facts={"serves": []}, by=register.manager)
    assert entry.servings.get().ended_on == today()
    commands.change(entry, facts={"serves": [trade]}, by=register.manager)
    assert entry.servings.get().ended_on is None


# ── who sees whom ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_peer_body_does_not_find_the_entry_and_the_reviewer_finds_all(register: Register):
    user = register.a_mediator()
    entry = register.admitted(user)
    peer = a_user(a_town_branch("330502002000", "爱山街道"), Role.MANAGER)
    nobody = [
        peer,
        register.a_mediator("同事"),
        a_user(register.committee, Role.CLERK),
        a_user(register.centre, Role.AUDITOR),
    ]
    assert [person.role for person in nobody if visible_to(person).exists()] == []
    for person in (
        user,
        register.manager,
        a_user(register.branch, Role.MANAGER),
        register.reviewer,
        register.second_reviewer,
    ):
        assert list(visible_to(person)) == [entry]


def test_what_is_sealed_is_looked_at_with_a_reason_and_only_by_who_may(register: Register):
    entry = register.admitted(register.a_mediator(), phone="13957200000")
    with pytest.raises(Refused, match="只给本人和审核单位看"):
        commands.look(entry, what="电话", reason="联系", by=register.manager)
    with pytest.raises(Refused, match="请写明理由"):
        commands.look(entry, what="电话", reason="", by=register.reviewer)
    commands.look(entry, what="电话", reason="核对材料", by=register.reviewer)
    assert Entry.objects.get(subject="roster_look").sentence == "朱海波 查看了钱志平的电话，理由：核对材料"


# ── from the district's file ──────────────────────────────────────────────────────────────────────────────────────


def test_the_districts_file_puts_people_on_the_roster_and_what_was_decided_since_stands(register: Register):
    user = register.a_mediator()
    entry = as_the_district_says(user, mediates=True, by=register.reviewer)
    assert (entry.source, entry.kind_words, entry.why_not_named()) == (Source.DISTRICT, ["调解员"], None)
    assert as_the_district_says(user, mediates=True, by=register.reviewer) is None
    commands.suspend(entry, reason="核实", by=register.reviewer)
    assert as_the_district_says(user, mediates=True, by=register.reviewer) is None
    assert RosterEntry.objects.get().standing == Enrolment.SUSPENDED
    gone = as_the_district_says(user, mediates=False, by=register.reviewer)
    assert (gone.standing, gone.reason) == (Enrolment.REMOVED, GONE_FROM_FILE)
    back = as_the_district_says(user, mediates=True, by=register.reviewer)
    assert back.standing == Enrolment.ON


def test_who_came_by_the_file_is_given_a_number_before_a_card(register: Register):
    user = register.a_mediator()
    entry = as_the_district_says(user, mediates=True, by=register.reviewer)
    with pytest.raises(Refused, match="还没有证号"):
        commands.print_card(entry, by=user)
    entry = commands.certify(entry, valid_from=today(), by=register.reviewer)
    commands.print_card(entry, by=user)
    assert sentences(entry)[-1] == "钱志平 打印了钱志平的工作牌。"
    with pytest.raises(Refused, match="已经有证号了"):
        commands.certify(entry, valid_from=today(), by=register.reviewer)
