"""关联、重复访: written down once, told without a number, shown to whoever may see both."""

import pytest
from django.urls import reverse

from fengqiao.intake.commands import receive
from fengqiao.intake.models import Tie, TieKind, Visit
from fengqiao.intake.ties import tie, ties_seen, untie
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from tests.world import a_committee, a_region

from .people import a_clerk, a_draft, a_filled_form, assert_whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return a_clerk()


def two(clerk):
    return receive(draft=a_draft(), by=clerk).dispute, receive(draft=a_draft(), by=clerk).dispute


def test_a_dispute_is_tied_to_an_earlier_one_once(clerk):
    earlier, dispute = two(clerk)
    tie(dispute, to=earlier, kind=TieKind.REPEAT, by=clerk)
    tie(dispute, to=earlier, kind=TieKind.REPEAT, by=clerk)
    assert Tie.objects.count() == 1
    assert ties_seen(dispute, clerk) == [(earlier, TieKind.REPEAT.label)]
    assert ties_seen(earlier, clerk)[0][0] == dispute
    assert_whole()


def test_a_tie_that_was_a_mistake_is_taken_back_and_can_be_made_again(client, clerk):
    earlier, dispute = two(clerk)
    tie(dispute, to=earlier, kind=TieKind.REPEAT, by=clerk)
    client.force_login(clerk)
    address = reverse("met_before", args=[dispute.number])
    assert client.post(address, {"earlier": earlier.number, "undo": "1"}).headers["Location"] == address
    client.post(address, {"earlier": earlier.number, "undo": "1"})
    assert ties_seen(dispute, clerk) == ties_seen(earlier, clerk) == []
    assert Entry.objects.filter(kind="dispute.untied").count() == 1
    with pytest.raises(Refused, match="只有办这件事的单位"):
        untie(dispute, to=earlier, by=a_clerk(body=a_committee()))
    tie(dispute, to=earlier, kind=TieKind.RELATED, by=clerk)
    assert ties_seen(dispute, clerk) == [(earlier, TieKind.RELATED.label)]
    assert_whole()


def test_from_there_the_form_of_merging_knows_the_number(client, clerk):
    earlier, dispute = two(clerk)
    client.force_login(clerk)
    link = f"{reverse('merge', args=[dispute.number])}?into={earlier.number}"
    assert link in client.get(reverse("met_before", args=[dispute.number])).content.decode()
    assert f'value="{earlier.number}"' in client.get(link).content.decode()


def test_the_story_does_not_tell_the_number_of_the_other(clerk):
    earlier, dispute = two(clerk)
    tie(dispute, to=earlier, kind=TieKind.RELATED, by=clerk)
    told = Entry.objects.get(kind="dispute.tied").payload
    assert earlier.number not in str(told)


def test_what_is_not_seen_cannot_be_tied_and_does_not_show(clerk):
    _earlier, dispute = two(clerk)
    hidden = receive(draft=a_draft(), by=a_clerk(body=a_committee())).dispute
    with pytest.raises(Refused, match="不归您看"):
        tie(dispute, to=hidden, kind=TieKind.RELATED, by=clerk)
    Tie.objects.create(dispute=dispute, earlier=hidden, kind=TieKind.RELATED, by=clerk)
    assert ties_seen(dispute, clerk) == []


def test_it_is_not_tied_to_itself_nor_by_a_stranger_nor_as_anything(clerk):
    earlier, dispute = two(clerk)
    for to, kind, by in (
        (dispute, TieKind.RELATED, clerk),
        (earlier, "nephew", clerk),
        (earlier, TieKind.RELATED, a_clerk(body=a_committee())),
    ):
        with pytest.raises(Refused):
            tie(dispute, to=to, kind=kind, by=by)


def test_at_the_window_a_tick_makes_it_a_repeat_visit(client, clerk):
    a_region("330502001000", "飞英街道")
    earlier = receive(draft=a_draft(), by=clerk).dispute
    client.force_login(clerk)
    answer = client.post(
        reverse("register"), a_filled_form(facts="楼道里堆满杂物，走不过去。", again=str(earlier.pk), only="1")
    )
    assert answer.status_code == 302
    row = Tie.objects.get()
    assert (row.earlier, row.kind) == (earlier, TieKind.REPEAT)
    assert Visit.objects.get(dispute=row.dispute).is_repeat
    assert_whole()


def test_what_came_by_itself_has_a_page_of_what_was_met_before(client, clerk):
    earlier, dispute = two(clerk)
    client.force_login(clerk)
    address = reverse("met_before", args=[dispute.number])
    assert earlier.number in client.get(address).content.decode()
    assert client.post(address, {"earlier": earlier.number, "kind": "related"}).status_code == 302
    assert earlier.number in client.get(reverse("dispute", args=[dispute.number])).content.decode()
    assert "记为重复访" not in client.get(address).content.decode()
