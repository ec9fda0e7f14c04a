"""受理登记表: the first paper of the file, made once it is accepted, by the worker or by hand."""

import pytest

from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Channel, Dispute
from fengqiao.intake.commands import receive
from fengqiao.intake.sheets import file_register, register_on_acceptance
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.papers.models import Paper, PaperKind
from fengqiao.reactions import REACTIONS
from fengqiao.routing.commands import accept
from tests.papers.reading import pages_of
from tests.world import a_category, a_committee, a_user

from .people import ID, STORY, a_clerk, a_draft, assert_whole

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # what is printed


@pytest.fixture
def clerk():
    return a_clerk()


def accepted(clerk, **kw):
    draft = a_draft(id_number=ID, category=a_category("14", "物业"), demand="修好电梯", **kw)
    return accept(receive(draft=draft, by=clerk).dispute, by=clerk)


def words(paper):
    return pages_of(paper.read())[0]


def test_the_register_says_who_came_with_what_and_how(clerk):
    paper = file_register(accepted(clerk, persons=6, representatives=["吴建芳"]), by=clerk)
    assert paper.kind == PaperKind.INTAKE_REGISTER
    for said in (
        "人民调解受理登记表",
        "吴建芳",
        ID,
        "物业",
        "窗口来访",
        "1批次、6人次",
        "陈晓燕",
        "周建国",
        STORY,
        "诉求：修好电梯",
        "推选代表：吴建芳",
    ):
        assert said in words(paper)
    assert_whole()


def test_it_is_made_once(clerk):
    dispute = accepted(clerk)
    assert file_register(dispute, by=clerk) == file_register(dispute, by=clerk)
    assert Paper.objects.count() == 1


def test_an_acceptance_brings_it_about(clerk):
    dispute = accepted(clerk)
    entry = Entry.objects.of("dispute", dispute.pk).get(kind="dispute.accepted")
    for _twice in range(2):
        register_on_acceptance(entry)
    assert Paper.objects.get().added_by == "系统"
    assert register_on_acceptance in next(row for event, row in REACTIONS.items() if event.kind == "dispute.accepted")


def test_before_acceptance_there_is_nothing_to_register(clerk):
    with pytest.raises(Refused, match="受理以后"):
        file_register(receive(draft=a_draft(), by=clerk).dispute, by=clerk)


def test_a_stranger_makes_none(clerk):
    with pytest.raises(Refused, match="办这件事的单位"):
        file_register(accepted(clerk), by=a_user(a_committee()))


@pytest.mark.parametrize("channel", [Channel.COURT, Channel.GRID, Channel.PHONE])
def test_any_way_in_has_its_place_on_the_form(clerk, channel):
    assert str(channel.label) in words(file_register(accepted(clerk, channel=channel), by=clerk))


def test_the_panel_offers_it_only_where_it_is_missing(client, clerk):
    dispute = accepted(clerk)
    client.force_login(clerk)
    url = f"/desk/disputes/{dispute.number}/"
    assert "做受理登记表" in client.get(url).content.decode()
    assert client.post(f"{url}register-sheet/").headers["Location"] == url
    assert "做受理登记表" not in client.get(url).content.decode()
    assert Dispute.objects.get().why_not(Act.ASSIGN, clerk) is None
