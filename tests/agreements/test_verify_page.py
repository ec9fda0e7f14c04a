"""Anybody may ask whether a paper is ours and holds."""

import pytest
from django.test import Client
from django.urls import reverse

from fengqiao.agreements import commands
from tests.agreements.scene import out_for_signing, signed_by_all

pytestmark = pytest.mark.django_db


def test_anybody_can_check_a_paper_and_learns_no_content():
    agreement = signed_by_all()
    html = Client().get(reverse("verify_paper", args=[agreement.check_code])).content.decode()
    for words in (agreement.number, agreement.committee.name, "沈*兰", "周*国", "有效"):
        assert words in html
    for secret in ("沈玉兰", "赔偿款", "8,600", "地漏"):
        assert secret not in html
    typed = agreement.check_code.replace("-", "").lower()
    assert Client().get(reverse("verify_form"), {"code": typed})["Location"] == reverse(
        "verify_paper", args=[agreement.check_code]
    )


def test_the_check_tells_drafts_and_void_papers_apart():
    agreement = out_for_signing()
    url = reverse("verify_paper", args=[agreement.check_code])
    assert "待签，还没生效" in Client().get(url).content.decode()
    commands.revise(agreement, reason="改。", by=agreement.dispute.mediator)
    assert "已收回，没有生效" in Client().get(url).content.decode()
    unknown = Client().get(reverse("verify_paper", args=["0000-0000-0000"]))
    assert unknown.status_code == 404
    assert "这张纸不是我们出的" in unknown.content.decode()
    assert Client().get(reverse("verify_form"), {"code": "<b>"}).status_code == 422


def test_who_asks_too_often_has_to_wait():
    client = Client(REMOTE_ADDR="192.0.2.99")
    url = reverse("verify_paper", args=["0000-0000-0001"])
    answers = [client.get(url).status_code for _n in range(31)]
    assert answers[29:] == [404, 429]
    assert Client(REMOTE_ADDR="192.0.2.98").get(url).status_code == 404
