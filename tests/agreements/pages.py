"""What the tests of the pages share: a signed-in desk, a filled sheet, a phone that opened its link."""

import base64
import json
import re

from django.test import Client
from django.urls import reverse

from fengqiao.agreements import commands
from tests.agreements.scene import SIGNATURE, STROKES, in_days, party_of

DRAWN = {
    "signature": "data:image/png;base64," + base64.b64encode(SIGNATURE).decode(),
    "signature_strokes": json.dumps(STROKES),
}


def desk(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name, dispute, *more):
    return reverse(name, args=[dispute.number, *more])


def hidden(response):
    """The form's hidden fields, as a browser would send them back."""
    html = response.content.decode()
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


def a_sheet(dispute, **change):
    """A filled editor with one clause and one duty."""
    ours, theirs = dispute.applicants[0], dispute.respondents[0]
    return {
        "seen": dispute.version, "edition": 0, "template": "", "do": "save",
        "p-facts": "漏水。", "p-manner": "转账。", "p-copies": "3",
        "c-TOTAL_FORMS": 1, "c-INITIAL_FORMS": 1, "c-0-text": "乙方赔偿甲方损失。", "c-0-plain": "乙方赔钱。",
        "t-TOTAL_FORMS": 1, "t-INITIAL_FORMS": 1, "t-0-what": "赔偿款", "t-0-debtor": theirs.pk, "t-0-creditor": ours.pk,
        "t-0-amount": "8,600", "t-0-due_on": in_days(9).isoformat(), "t-0-method": "银行转账", "t-0-account": "",
        **change,
    }  # fmt: skip


def a_link(agreement, role="applicant"):
    return commands.make_link(agreement, party_of(agreement, role), by=agreement.dispute.mediator)


def path_of(address):
    return "/s/" + address.split("/s/")[1]


def opened(agreement, answer="2045"):
    client, url = Client(), path_of(a_link(agreement))
    assert client.post(url, {"answer": answer}).status_code == 302
    return client, url


def read_all(client, url, agreement):
    for n in range(1, len(agreement.clauses) + 1):
        assert client.post(url, {"do": "read", "clause": n}).status_code == 302
