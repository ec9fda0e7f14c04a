"""The API: the same commands, hats and policies as the pages, told to machines."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from fengqiao.api.models import Token, issue, owner_of
from fengqiao.disputes.lifecycle import Act, State
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.verify import verify
from fengqiao.people.models import Role
from tests.world import a_category, a_committee, a_registered_dispute, a_user, the_center

pytestmark = pytest.mark.django_db
MATTER = {
    "facts": "小区电梯三个月坏了七次，物业不修。",
    "parties": [
        {"role": "applicant", "name": "吴建芳", "phone": "13857219061"},
        {"role": "respondent", "name": "余家漾物业公司"},
    ],
    "category": "02",
}


@pytest.fixture
def office():
    return a_committee()


@pytest.fixture
def call(client, office):
    """Calls the API as a clerk of the office, or as somebody else."""
    a_category()
    tokens = {}

    def send(method, path, body=None, *, by=None, key="k1", **headers):
        user = by or a_clerk
        token = tokens.setdefault(user.pk, issue(user, name="测试"))
        extra = {
            "Authorization": f"Bearer {token}",
            **({"Idempotency-Key": key} if key and method == "post" else {}),
            **headers,
        }
        return getattr(client, method)(
            f"/api/v1{path}",
            data=json.dumps(body) if body is not None else None,
            content_type="application/json",
            headers=extra,
        )

    a_clerk = a_user(office)
    send.clerk = a_clerk
    return send


def test_without_a_token_nothing_is_told(client):
    answer = client.get("/api/v1/disputes")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "unauthorized"


def test_a_token_is_worthless_once_revoked_or_expired_or_its_account_closed():
    user = a_user()
    clear = issue(user, name="一")
    assert owner_of(clear) == user
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert owner_of(clear) is None
    Token.objects.update(expires_at=None, revoked_at=timezone.now())
    assert owner_of(clear) is None
    Token.objects.update(revoked_at=None)
    user.is_active = False
    user.save()
    assert owner_of(clear) is None


def test_a_dispute_is_registered_as_at_a_window_and_seen_masked(call):
    answer = call("post", "/disputes", MATTER)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert len(told["code"]) == 8
    assert len(told["pin"]) == 6
    assert told["dispute"]["parties"][0] == {
        "id": told["dispute"]["parties"][0]["id"], "role": "applicant", "kind": "person", "name": "吴*芳",
        "phone": "138****9061", "willing": "unknown",
    }  # fmt: skip
    assert told["dispute"]["parties"][1]["name"] == "余家漾物业公司"
    assert list(verify()) == []


def test_the_same_key_registers_once_and_another_body_under_it_is_refused(call):
    first, again = call("post", "/disputes", MATTER), call("post", "/disputes", MATTER)
    assert again.status_code == 201
    assert again.content == first.content
    assert Dispute.objects.count() == 1
    other = call("post", "/disputes", {**MATTER, "facts": "另一件事"})
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")


def test_a_post_without_a_key_is_told_so(call):
    answer = call("post", "/disputes", MATTER, key=None)
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.content.decode()


def test_a_wrong_field_is_named(call):
    answer = call("post", "/disputes", {**MATTER, "colour": "red", "parties": []})
    assert answer.status_code == 422
    assert {"colour", "parties"} <= {part for error in answer.json()["errors"] for part in error["at"]}


def test_a_wrong_phone_is_refused_with_a_sentence(call):
    parties = [{"role": "applicant", "name": "吴建芳", "phone": "1385721906"}]
    answer = call("post", "/disputes", {**MATTER, "parties": parties})
    assert (answer.status_code, answer.json()["code"]) == (409, "refused")
    assert "11 位" in answer.json()["detail"]


def test_a_peer_finds_nothing_neither_in_lists_nor_by_number(call, office):
    dispute = a_registered_dispute(office)
    peer = a_user(a_committee(), Role.MANAGER)
    for path in ("", "/story", "/papers", "/acts"):
        assert call("get", f"/disputes/{dispute.number}{path}", by=peer).status_code == 404
    assert call("get", "/disputes", by=peer).json()["items"] == []
    assert call("get", f"/disputes?q={dispute.number}", by=peer).json()["items"] == []
    assert call("post", f"/disputes/{dispute.number}/acts/accept", {}, by=peer).status_code == 404


def test_acts_say_what_can_be_done_and_why_the_others_cannot(call, office):
    dispute = a_registered_dispute(office)
    acts = {row["act"]: row for row in call("get", f"/disputes/{dispute.number}/acts").json()}
    assert set(acts) == {act.value for act in Act}
    assert acts["accept"]["possible"] is True
    assert acts["archive"]["possible"] is False
    assert "待分流" in acts["archive"]["reason"]


def test_an_act_moves_the_dispute_and_a_stale_version_is_told(call, office):
    dispute = a_registered_dispute(office)
    path = f"/disputes/{dispute.number}/acts"
    assert call("post", f"{path}/accept", {"seen": 1}).json()["state"] == State.ACCEPTED
    stale = call(
        "post", f"{path}/grade", {"seen": 1, "difficulty": "complex", "risk": "R0", "remark": "人多"}, key="k2"
    )
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")


def test_what_may_not_be_done_is_refused_with_the_reason_of_the_pages(call, office):
    dispute = a_registered_dispute(office)
    center = a_user(the_center(), Role.DISPATCHER)
    answer = call("post", f"/disputes/{dispute.number}/acts/accept", {}, by=center)
    assert (answer.status_code, answer.json()["detail"]) == (409, dispute.why_not(Act.ACCEPT, center))


def test_pages_follow_each_other_without_gap_or_repeat(call, office):
    numbers = [a_registered_dispute(office).number for _ in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        told = call("get", f"/disputes?limit=2{cursor and '&cursor=' + cursor}").json()
        seen += [row["number"] for row in told["items"]]
        cursor = told["next"]
    assert seen == numbers[::-1]


def test_filters_narrow_the_list(call, office):
    one = a_registered_dispute(office, title="电梯反复故障", facts="电梯坏了")
    a_registered_dispute(office, title="工资", facts="两个月没发工资")
    assert [row["number"] for row in call("get", "/disputes?q=电梯").json()["items"]] == [one.number]
    assert call("get", "/disputes?state=archived").json()["items"] == []


def test_the_story_is_told_with_its_hashes(call, office):
    dispute = a_registered_dispute(office)
    told = call("get", f"/disputes/{dispute.number}/story").json()
    assert [entry["kind"] for entry in told] == ["dispute.registered"]
    assert told[0]["hash"].startswith("sha256:")


def test_the_documentation_needs_nobody_and_nothing_from_elsewhere(client):
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    assert "/disputes/{number}" in page.content.decode()
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")


def test_it_is_alive_and_ready(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["database"] is True
