"""What the tests of the portal share: a resident's browser, the three steps filled in, a party with an open pass."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fengqiao.disputes.commands import give_pass
from fengqiao.disputes.models import Dispute, Party
from fengqiao.disputes.passes import Issued
from fengqiao.people.models import SYSTEM
from tests.papers.paper_data import handwriting
from tests.world import a_region, a_town_branch, the_center

STORY = "楼上卫生间漏水，天花板和衣柜都泡坏了。找他说了三次都不理。"
ID = "330502196806151822"


def a_town() -> None:
    """A centre with its branch, so that there is somebody to receive it."""
    the_center()
    a_town_branch()
    a_region("330502001001", "塔下街社区")


def a_photo(name: str = "天花板.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, handwriting(60, 40), "image/png")


def hidden(answer, name: str) -> str:
    """The value of a hidden field of the page."""
    return re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())[1]


def step_one(client: Client, **kw):
    return client.post(reverse("apply"), {"facts": STORY, "demand": "赔钱，修好", **kw})


def step_two(client: Client, **kw):
    filled = {
        "opponent_kind": "person", "opponent": "姓周，住 301", "place_name": "塔下街社区", "address": "墙壕里小区4幢",
        "talk": "talk_by_phone", "name": "沈玉兰", "phone": "13905722045",
    }  # fmt: skip
    return client.post(reverse("apply_who"), filled | kw)


def step_three(client: Client, **kw):
    key = hidden(client.get(reverse("apply_check")), "form_key")
    return client.post(reverse("apply_check"), {"form_key": key, "consent": "on", **kw})


def applied(client: Client) -> Dispute:
    """Through all three steps."""
    a_town()
    step_one(client)
    step_two(client)
    assert step_three(client).status_code == 302
    return Dispute.objects.get()


def came_in(client: Client, party: Party) -> Issued:
    """The party opens their own page with code and PIN, as anybody would."""
    issued = give_pass(party, by=SYSTEM)
    answer = client.post(reverse("follow"), {"code": issued.access.code, "pin": issued.pin})
    assert answer.url == reverse("my")
    return issued


def sent(client: Client, name: str, *args, **fields):
    """Open the form of an act, fill it in, send it."""
    address = reverse(name, args=args)
    form = client.get(address)
    assert form.status_code == 200, form.content.decode()
    return client.post(address, {"form_key": hidden(form, "form_key"), "seen": hidden(form, "seen"), **fields})


def words(answer) -> str:
    """What the page says, without its marks."""
    text = re.sub(r"<(script|style)[\s\S]*?</\1>", "", answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
