"""One dispute from the door to the archive, in the browser: a seamstress and three months' wages.

The resident applies on her phone; the town's window and dispatcher send it on; the labour committee takes it, its mediator
brings both sides to the table and the paper to its signatures; the boss pays in two parts; the centre's manager asks
how it was; the file is put away and checked by a program that knows nothing of us.
"""

import pytest

from fengqiao.disputes.lifecycle import State
from fengqiao.ledger.verify import verify

from . import coming_in, coming_to_an_end, coming_together
from .cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(wuxing, calendar, worker, at_the_desk, on_a_phone) -> Cast:
    return Cast(on_a_phone("resident"), on_a_phone("respondent"), at_the_desk, worker, calendar)


def test_five_people_take_one_dispute_from_the_door_to_the_archive(cast, tmp_path):
    coming_in.she_applies(cast)
    coming_in.the_window_reads_it(cast)
    coming_in.the_dispatcher_sends_it_on(cast)
    coming_in.the_committee_accepts(cast)
    cast.she_looks_in("my-page-taken", "劳资纠纷调委会", "调解员还没有定", "3个工作日内")
    coming_in.a_mediator_is_named(cast)
    coming_in.the_other_side_is_willing(cast)
    coming_in.the_mediator_prepares(cast)
    cast.she_looks_in("my-page-talks", "顾敏", "11月25日", "15天内")
    coming_together.they_sit_down(cast)
    coming_together.the_paper_is_drawn_up(cast)
    coming_together.she_signs_on_her_phone(cast)
    coming_together.he_signs_at_the_desk(cast)
    coming_together.the_mediator_signs_and_it_is_in_force(cast)
    cast.she_looks_in("my-page-in-force", "协议已经生效", "12月8日")
    coming_to_an_end.he_pays_and_she_confirms(cast)
    coming_to_an_end.the_rest_is_paid_with_a_receipt(cast)
    coming_to_an_end.it_is_closed(cast)
    coming_to_an_end.they_are_asked_how_it_was(cast)
    coming_to_an_end.the_file_is_put_away(cast)
    cast.she_looks_in("my-page-archived", "这件事已经办完归档")
    coming_to_an_end.the_package_holds_without_us(cast, tmp_path)
    assert cast.dispute.state == State.ARCHIVED
    assert list(verify()) == []
