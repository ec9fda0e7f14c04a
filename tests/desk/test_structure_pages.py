"""The register of bodies on the screen: who keeps it, who approves, and that nothing typed is lost."""

import pytest
from django.urls import reverse

from fengqiao.bodies.models import Body, Standing
from fengqiao.people.models import Role
from tests.world import a_region, a_town_branch, a_user, the_center

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_somebody(client):
    """`as_somebody(role, body)`: their browser."""

    def signed_in(role, body=None):
        client.force_login(a_user(body or the_center(), role))
        return client

    return signed_in


def typed(**kw) -> dict:
    region = a_region("330502004000", "飞英街道")
    return {
        "name": "飞英街道分中心", "short_name": "吴飞", "kind": "town_branch", "region": region.pk, "parent": the_center().pk,
        "handles": "on", "coordinates": "on", **kw,
    }  # fmt: skip


def test_a_body_is_proposed_approved_renamed_and_ended_on_the_screen(as_somebody):
    keeper = as_somebody(Role.ADMIN)
    keeper.post(reverse("propose_body"), typed())
    body = Body.objects.get(name="飞英街道分中心")
    assert body.standing == Standing.PROPOSED
    head = as_somebody(Role.MANAGER)
    assert "等审核" in head.get(reverse("bodies")).content.decode()
    head.post(reverse("body_act", args=[body.pk, "approve"]), {"reason": "同意", "seen": body.version})
    body.refresh_from_db()
    assert body.standing == Standing.LIVE
    keeper = as_somebody(Role.ADMIN)
    keeper.post(reverse("body_act", args=[body.pk, "correct"]), typed(name="飞英综治中心", seen=body.version))
    body.refresh_from_db()
    page = keeper.get(reverse("body", args=[body.pk])).content.decode()
    assert "飞英综治中心" in page
    assert "曾用名" in page
    keeper.post(
        reverse("body_act", args=[body.pk, "end"]),
        {"reason": "撤并", "successors": [the_center().pk], "seen": body.version},
    )
    body.refresh_from_db()
    assert body.standing == Standing.ENDED


def test_a_refusal_keeps_what_was_typed(as_somebody):
    keeper = as_somebody(Role.ADMIN)
    body = a_town_branch()
    answer = keeper.post(reverse("propose_body"), typed(name=body.name, phone="0572-2000000"))
    assert answer.status_code == 409
    assert "已经有一个机构" in answer.content.decode()
    assert "0572-2000000" in answer.content.decode()


def test_what_somebody_else_changed_meanwhile_is_not_written_over(as_somebody):
    keeper, body = as_somebody(Role.ADMIN), a_town_branch()
    keeper.post(reverse("body_act", args=[body.pk, "suspend"]), {"reason": "换届", "seen": body.version})
    answer = keeper.post(reverse("body_act", args=[body.pk, "correct"]), typed(name="别的名字", seen=body.version))
    assert answer.status_code == 409
    assert "别的名字" in answer.content.decode()
    unseen = keeper.post(reverse("body_act", args=[body.pk, "correct"]), typed(name="别的名字"))
    assert (unseen.status_code, "刚被别人改过" in unseen.content.decode()) == (409, True)
    body.refresh_from_db()
    assert body.name != "别的名字"


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.MANAGER)])
def test_nobody_else_comes_in(as_somebody, role):
    browser = as_somebody(role)
    assert browser.get(reverse("bodies")).status_code == 403
    assert browser.get(reverse("body", args=[the_center().pk])).status_code == 403
    assert browser.post(reverse("propose_body"), typed()).status_code == 403
    assert not Body.objects.filter(name="飞英街道分中心").exists()


def test_the_head_of_a_town_approves_nothing(as_somebody):
    assert as_somebody(Role.MANAGER, a_town_branch()).get(reverse("bodies")).status_code == 403


def test_bodies_are_found_by_word_kind_and_standing(as_somebody):
    keeper, body = as_somebody(Role.ADMIN), a_town_branch()
    for query, found in (
        ("q=月河", True),
        ("kind=room", False),
        ("standing=proposed", False),
        ("kind=town_branch", True),
    ):
        page = keeper.get(f"{reverse('bodies')}?{query}").content.decode()
        assert (f"/desk/bodies/{body.pk}/" in page) is found, query
