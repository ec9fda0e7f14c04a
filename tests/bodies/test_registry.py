"""The register of bodies: one proposes, another approves; what was true stays true; nothing that hangs on a body is dropped."""

from datetime import date

import pytest
import time_machine

from fengqiao.bodies import registry
from fengqiao.bodies.models import Body, BodyKind, Post, Standing
from fengqiao.bodies.requirements import requirements
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import Role
from tests.world import a_region, a_registered_dispute, a_town_branch, a_user, the_center

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(db):
    return a_user(the_center(), Role.ADMIN, "何静")


@pytest.fixture
def other(db):
    return a_user(the_center(), Role.ADMIN, "祝敏")


def facts(**kw) -> dict:
    return {
        "name": "飞英街道分中心", "short_name": "吴飞", "kind": BodyKind.TOWN_BRANCH, "coordinates": True, "handles": True,
        "region": a_region("330502004000", "飞英街道"), "parent": the_center(), **kw,
    }  # fmt: skip


def a_village_committee(keeper, seats=3, women=1) -> Body:
    region = a_region("330502004001", "塔下街社区")
    values = facts(
        name="塔下街社区调委会", short_name="吴塔下", kind=BodyKind.MDC_VILLAGE, coordinates=False, region=region,
        elected_on=date(2026, 1, 10),
    )  # fmt: skip
    body = registry.propose(values, by=keeper)
    for n in range(seats):
        post = Post.CHAIR if n == 0 else Post.MEMBER
        body.refresh_from_db()
        registry.seat(
            body, name=f"委员{n}", is_woman=n < women, post=post, since=date(2026, 1, 10), seen=body.version, by=keeper
        )
    body.refresh_from_db()
    return body


def live(keeper, other, **kw) -> Body:
    body = registry.propose(facts(**kw), by=keeper)
    return registry.go_live(body, seen=body.version, by=other)


def story(body) -> list[str]:
    return [entry.sentence for entry in Entry.objects.of("body", body.pk).order_by("seq")]


class TestSettingUp:
    def test_a_proposed_body_is_not_at_work(self, keeper):
        body = registry.propose(facts(), by=keeper)
        assert body.standing == Standing.PROPOSED
        assert body not in Body.objects.that_handle()

    def test_whoever_proposed_it_cannot_approve_it(self, keeper):
        body = registry.propose(facts(), by=keeper)
        with pytest.raises(Refused, match="另一位"):
            registry.go_live(body, seen=body.version, by=keeper)

    def test_another_approves_and_it_is_at_work(self, keeper, other):
        body = live(keeper, other)
        assert body in Body.objects.that_handle()
        assert story(body) == ["何静 申请设立飞英街道分中心（镇街分中心）。", "祝敏 审核通过，飞英街道分中心开始运行。"]
        assert list(verify()) == []

    def test_it_may_be_sent_back_with_a_reason(self, keeper, other):
        body = registry.propose(facts(), by=keeper)
        with pytest.raises(Refused, match="原因"):
            registry.send_back(body, seen=body.version, reason=" ", by=other)
        assert registry.send_back(body, seen=body.version, reason="名称不对", by=other).standing == Standing.ENDED

    def test_the_head_of_the_centre_approves_too_and_keeps_nothing(self, keeper):
        head, body = a_user(the_center(), Role.MANAGER), registry.propose(facts(), by=keeper)
        body = registry.go_live(body, seen=body.version, by=head)
        with pytest.raises(Refused, match="系统管理员"):
            registry.suspend(body, seen=body.version, reason="换届", by=head)
        with pytest.raises(Refused, match="负责人"):
            registry.go_live(body, seen=body.version, by=a_user(a_town_branch(), Role.MANAGER))

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
    def test_nobody_else_keeps_the_register(self, role):
        with pytest.raises(Refused, match="系统管理员"):
            registry.propose(facts(), by=a_user(the_center(), role))

    def test_two_cannot_have_one_name_nor_two_committees_one_short_name(self, keeper, other):
        live(keeper, other)
        with pytest.raises(Refused, match="已经有一个机构"):
            registry.propose(facts(short_name="另"), by=keeper)
        industry = {"kind": BodyKind.MDC_INDUSTRY, "coordinates": False}
        registry.propose(facts(name="物业调委会", short_name="吴物", **industry), by=keeper)
        with pytest.raises(Refused, match="分不清"):
            registry.propose(facts(name="物流调委会", short_name="吴物", **industry), by=keeper)

    def test_a_place_has_one_coordinating_body(self, keeper, other):
        live(keeper, other)
        with pytest.raises(Refused, match="只能有一个"):
            registry.propose(facts(name="又一个分中心"), by=keeper)


class TestWhatATypeMustHave:
    def test_a_village_committee_with_three_members_a_chair_and_a_woman_goes_to_work(self, keeper, other):
        body = a_village_committee(keeper)
        with time_machine.travel("2026-11-20T09:00:00+08:00"):
            assert registry.go_live(body, seen=body.version, by=other).standing == Standing.LIVE

    @pytest.mark.parametrize(
        ("seats", "women", "missing"),
        [(2, 1, "委员 3 至 9 人，现在 2 人"), (3, 0, "有妇女委员"), (10, 1, "现在 10 人")],
    )
    def test_without_it_does_not(self, keeper, other, seats, women, missing):
        body = a_village_committee(keeper, seats, women)
        with time_machine.travel("2026-11-20T09:00:00+08:00"), pytest.raises(Refused, match=missing):
            registry.go_live(body, seen=body.version, by=other)

    def test_the_term_is_three_years(self, keeper):
        body = a_village_committee(keeper)
        term = lambda on: next(one for one in requirements(body, on) if one.ground == "人民调解法 9")  # noqa: E731
        assert term(date(2029, 1, 10)).is_met
        assert not term(date(2029, 1, 11)).is_met

    def test_there_is_one_chair(self, keeper):
        body = a_village_committee(keeper)
        with pytest.raises(Refused, match="已经有主任"):
            registry.seat(
                body,
                name="又一位",
                is_woman=False,
                post=Post.CHAIR,
                since=date(2026, 2, 1),
                seen=body.version,
                by=keeper,
            )

    def test_commercial_mediation_is_kept_apart(self, keeper, other):
        values = facts(
            name="湖州商事调解中心", kind=BodyKind.COMMERCIAL, coordinates=False, founder="湖州市商会", short_name="商"
        )
        body = registry.propose(values, by=keeper)
        with pytest.raises(Refused, match="人民调解不收费"):
            registry.go_live(body, seen=body.version, by=other)
        body = registry.correct(body, {"handles": False}, seen=body.version, by=keeper)
        assert registry.go_live(body, seen=body.version, by=other).is_active


class TestChanges:
    def test_a_new_name_keeps_the_old_one_with_its_last_day(self, keeper, other):
        body = live(keeper, other)
        with time_machine.travel("2026-07-01T09:00:00+08:00"):
            body = registry.correct(body, {"name": "飞英综治中心"}, seen=body.version, reason="更名文件", by=keeper)
        assert body.name_on(date(2026, 6, 30)) == "飞英街道分中心"
        assert body.name_on(date(2026, 7, 1)) == "飞英综治中心"
        assert story(body)[-1] == "何静 修改了飞英综治中心的登记：名称。更名文件"

    def test_nothing_changed_writes_nothing(self, keeper, other):
        body = live(keeper, other)
        before = len(story(body))
        assert registry.correct(body, facts(), seen=body.version, by=keeper).version == body.version
        assert len(story(body)) == before

    def test_somebody_elses_change_is_not_written_over(self, keeper, other):
        body = live(keeper, other)
        seen = body.version
        registry.correct(body, {"phone": "0572-2000000"}, seen=seen, by=keeper)
        with pytest.raises(Stale):
            registry.correct(body, {"phone": "0572-2111111"}, seen=seen, by=other)

    def test_suspended_it_gets_nothing_new_and_keeps_what_it_has(self, keeper, other):
        body = live(keeper, other)
        dispute = a_registered_dispute(body)
        body = registry.suspend(body, seen=body.version, reason="换届", by=keeper)
        assert body not in Body.objects.that_handle()
        assert dispute.body == body
        assert registry.resume(body, seen=body.version, reason="换届完成", by=keeper) in Body.objects.that_handle()


class TestTheEnd:
    def test_it_cannot_end_while_it_has_disputes(self, keeper, other):
        body = live(keeper, other)
        a_registered_dispute(body)
        with pytest.raises(Refused, match="1 件没办完"):
            registry.end(body, successors=[], seen=body.version, reason="撤并", by=keeper)

    def test_it_cannot_end_while_others_lie_under_it(self, keeper, other):
        body = live(keeper, other)
        live(keeper, other, name="塔下街调委会", short_name="塔", kind=BodyKind.ROOM, coordinates=False, parent=body)
        with pytest.raises(Refused, match="下面还有机构"):
            registry.end(body, successors=[], seen=body.version, reason="撤并", by=keeper)

    def test_who_took_over_is_told(self, keeper, other):
        body, heir = live(keeper, other), a_town_branch()
        body = registry.end(body, successors=[heir], seen=body.version, reason="撤并", by=keeper)
        assert (body.standing, list(body.successors.all())) == (Standing.ENDED, [heir])
        assert story(body)[-1] == "何静 撤销了飞英街道分中心，由月河街道分中心承接：撤并"
        with pytest.raises(Refused, match="已撤销"):
            registry.resume(body, seen=body.version, reason="还要", by=keeper)

    def test_the_centre_does_not_end(self, keeper):
        center = the_center()
        with pytest.raises(Refused, match="区中心"):
            registry.end(center, successors=[], seen=center.version, reason="撤并", by=keeper)
