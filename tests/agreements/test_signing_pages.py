"""A party's pages: reading clause by clause, signing, refusing; by link, by pass, on the desk's screen."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fengqiao.agreements import commands
from fengqiao.agreements.models import Signature, SigningLink, Status
from fengqiao.disputes.commands import give_pass
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from tests.agreements.pages import DRAWN, a_link, at, desk, hidden, opened, path_of, read_all
from tests.agreements.scene import at_the_table, out_for_signing, party_of, shen, zhou

pytestmark = pytest.mark.django_db


def test_a_party_reads_clause_by_clause_ticks_and_signs():
    agreement = out_for_signing()
    client, url = opened(agreement)
    first = client.get(url).content.decode()
    assert "看懂了，下一条" in first
    assert "渗水是 301 室地漏引起的。" in first
    assert "还有 3 条没看" in first
    client.post(url, {"do": "read", "clause": 1})
    second = client.get(url).content.decode()
    assert "周先生赔您 8,600 元，分两次。" in second
    assert "还有 2 条没看" in second
    read_all(client, url, agreement)
    page = client.get(url)
    assert "3 条都看懂了" in page.content.decode()
    form = {**hidden(page), "voluntary": "on", "binding": "on", **DRAWN}
    assert client.post(url, form).status_code == 302
    assert "您签好了" in client.get(url).content.decode()
    signature = Signature.objects.get()
    assert (signature.how, signature.identity, signature.read_clauses) == ("phone", "phone_tail", [1, 2, 3])
    assert signature.picture.startswith(b"\x89PNG")
    assert SigningLink.objects.get().used_at is not None
    assert list(verify()) == []


def test_the_same_signature_sent_twice_counts_once():
    agreement = out_for_signing()
    client, url = opened(agreement)
    read_all(client, url, agreement)
    form = {**hidden(client.get(url)), "voluntary": "on", "binding": "on", **DRAWN}
    assert [client.post(url, form).status_code for _n in range(2)] == [302, 302]
    assert "您签好了" in client.get(url).content.decode()
    form["form_key"] = "another-key"
    assert client.post(url, form).status_code == 200
    assert Signature.objects.count() == 1


def test_without_a_tick_or_a_name_the_signature_waits():
    agreement = out_for_signing()
    client, url = opened(agreement)
    read_all(client, url, agreement)
    base = hidden(client.get(url))
    unticked = client.post(url, {**base, "voluntary": "on", **DRAWN})
    assert unticked.status_code == 422
    assert "请点一下这一条" in unticked.content.decode()
    undrawn = client.post(url, {**base, "voluntary": "on", "binding": "on", "signature": ""})
    assert undrawn.status_code == 409
    assert "还没有签名" in undrawn.content.decode()
    assert not Signature.objects.exists()


def test_words_taken_back_meanwhile_are_not_signed():
    agreement = out_for_signing()
    client, url = opened(agreement)
    read_all(client, url, agreement)
    form = {**hidden(client.get(url)), "voluntary": "on", "binding": "on", **DRAWN}
    commands.revise(agreement, reason="改日期。", by=agreement.dispute.mediator)
    answer = client.post(url, form)
    assert "这一稿收回了" in answer.content.decode()
    assert not Signature.objects.exists()


def test_who_does_not_agree_says_why_and_goes_back_to_the_table():
    agreement = out_for_signing()
    client, url = opened(agreement)
    assert "第 2 条我不同意：" in client.get(url, {"refuse": "2"}).content.decode()
    assert "条我不同意" not in client.get(url, {"refuse": "0"}).content.decode()
    assert client.post(url, {"do": "refuse", "reason": ""}).status_code == 422
    assert client.post(url, {"do": "refuse", "reason": "第 2 条我不同意：太晚了。"}).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.status, agreement.ended_why) == (Status.WITHDRAWN, "第 2 条我不同意：太晚了。")
    assert Dispute.objects.get(pk=agreement.dispute_id).state == State.MEDIATING


def test_the_link_asks_who_opens_it_and_dies_of_five_wrong_answers():
    agreement = out_for_signing()
    client, url = Client(), path_of(a_link(agreement))
    page = client.get(url).content.decode()
    assert "先核对一下是不是您本人" in page
    assert "赔偿" not in page
    for _n in range(4):
        wrong = client.post(url, {"answer": "0000"})
        assert wrong.status_code == 409
        assert "对不上" in wrong.content.decode()
    assert "停用" in client.post(url, {"answer": "0000"}).content.decode()
    dead = client.post(url, {"answer": "2045"})
    assert dead.status_code == 404
    assert "打不开了" in dead.content.decode()
    assert list(verify()) == []


def test_the_pin_of_the_slip_opens_the_link_too():
    agreement = out_for_signing()
    issued = give_pass(party_of(agreement), by=agreement.dispute.mediator)
    client, url = Client(), path_of(a_link(agreement))
    assert client.post(url, {"answer": "12345"}).status_code == 409
    assert client.post(url, {"answer": issued.pin}).status_code == 302
    assert "渗水" in client.get(url).content.decode()


def test_a_wrong_an_expired_and_a_replaced_link_say_the_same():
    agreement = out_for_signing()
    old, new = path_of(a_link(agreement)), path_of(a_link(agreement))
    assert Client().get(new).status_code == 200
    SigningLink.objects.filter(expires_at__gt=timezone.now()).update(expires_at=timezone.now())
    pages = [Client().get(url) for url in (old, new, "/s/nosuchtoken/")]
    assert {page.status_code for page in pages} == {404}
    assert all("打不开了" in page.content.decode() for page in pages)


def test_the_paper_behind_a_link_is_for_who_opened_it_and_is_a_look():
    agreement = out_for_signing()
    client, url = opened(agreement)
    assert Client().get(url + "paper/").status_code == 404
    answer = client.get(url + "paper/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert Entry.objects.of("look", agreement.dispute_id).count() == 1


def test_a_link_needs_something_to_ask_for():
    agreement = out_for_signing(at_the_table(parties=[shen(phone=""), zhou()]))
    with pytest.raises(Refused, match="没留电话"):
        a_link(agreement)
    paper = out_for_signing(paper_only=True)
    with pytest.raises(Refused, match="电子签名法 3"):
        a_link(paper)


def test_the_desk_hands_the_link_over_as_a_code_to_scan():
    agreement = out_for_signing()
    client, dispute = desk(agreement.dispute.mediator), agreement.dispute
    answer = client.post(at("make_signing_link", dispute, party_of(agreement).pk))
    html = client.get(answer["Location"]).content.decode()
    assert "/s/" in html
    assert 'class="qr"' in html
    assert "给沈*兰的签名链接" in html


def test_a_party_with_a_pass_signs_in_the_portal():
    agreement = out_for_signing()
    party = party_of(agreement)
    access = give_pass(party, by=agreement.dispute.mediator).access
    client = Client()
    session = client.session
    session["pass"] = access.pk
    session.save()
    url = reverse("my_agreement")
    assert "渗水" in client.get(url).content.decode()
    read_all(client, url, agreement)
    form = {**hidden(client.get(url)), "voluntary": "on", "binding": "on", **DRAWN}
    client.post(url, form)
    assert Signature.objects.get().identity == "pin"


def test_on_the_desks_screen_the_mediator_first_looks_at_the_papers():
    agreement = out_for_signing()
    dispute, party = agreement.dispute, party_of(agreement)
    client, url = desk(dispute.mediator), at("sign_on_screen", dispute, party.pk)
    assert "证件核对过了" in client.get(url).content.decode()
    client.post(url, {"do": "seen"})
    read_all(client, url, agreement)
    form = {**hidden(client.get(url)), "voluntary": "on", "binding": "on", **DRAWN}
    assert client.post(url, form).status_code == 302
    assert "请把机器还给调解员" in client.get(url).content.decode()
    assert (Signature.objects.get().how, Signature.objects.get().identity) == ("desk", "in_person")


def test_personal_status_is_signed_on_paper_only():
    agreement = out_for_signing(paper_only=True)
    party = party_of(agreement)
    access = give_pass(party, by=agreement.dispute.mediator).access
    client = Client()
    session = client.session
    session["pass"] = access.pk
    session.save()
    url = reverse("my_agreement")
    read_all(client, url, agreement)
    page = client.get(url)
    assert "这一份要在纸上签" in page.content.decode()
    refused = client.post(
        url, {"digest": agreement.text_sha256, "do": "sign", "voluntary": "on", "binding": "on", **DRAWN}
    )
    assert refused.status_code == 409
    assert not Signature.objects.exists()
