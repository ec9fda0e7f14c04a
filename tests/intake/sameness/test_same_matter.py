"""Two texts are of one matter if they name one place and complain of one thing; a topic is no matter."""

from pathlib import Path

import pytest

from fengqiao.intake.recalling import SHARE
from fengqiao.intake.sameness.alike import Around, Text, likeness
from fengqiao.intake.sameness.among import acquaint
from fengqiao.intake.sameness.clues import clues_of
from fengqiao.intake.sameness.grouping import grouped
from fengqiao.intake.sameness.matters import chances
from fengqiao.intake.understanding.evaluation import duplicates
from tools.rows import rows_of

LIFT = "凤栖苑12栋的电梯三个月坏了七次，老伴被关在里面四十分钟，物业说没钱修。"
LIFT_AGAIN = "我们凤栖苑十二栋又有人困在电梯里，物业一直不修，请督促更换。"
LIFT_ELSEWHERE = "梧桐苑12栋的电梯三个月坏了七次，孩子被关在里面，物业说没钱修。"
PARKING_THERE = "凤栖苑的地下车位只卖不租，空着一大半，业主只能停在马路上。"


def rows(*texts, **kw):
    return [{"id": str(n), "text": text, "universe": "u", **kw} for n, text in enumerate(texts)]


def groups(found):
    answer = duplicates.among(found)
    return [answer(row)["group"] for row in found]


def chance(one, other):
    clues = [clues_of("", text) for text in (one, other)]
    around = Around(clues, of=5000)
    texts = [Text(each, around) for each in clues]
    acquaint(texts)
    return likeness(*texts, SHARE)


def test_the_same_place_and_grievance_is_the_same_matter_in_other_words():
    found = groups(rows(LIFT, LIFT_AGAIN, LIFT_ELSEWHERE, PARKING_THERE))
    assert found[0] == found[1] is not None
    assert found[2:] == [None, None]


def test_it_says_where_and_of_what():
    found = chance(LIFT, LIFT_AGAIN)
    assert found.places == ("凤栖苑",)
    assert "电梯" in found.grievances


def test_another_place_and_another_grievance_are_less_likely():
    same = chance(LIFT, LIFT_AGAIN).chance
    assert chance(LIFT, LIFT_ELSEWHERE).chance < same / 2
    assert chance(LIFT, PARKING_THERE).chance < same / 2


def test_a_copy_is_the_same_matter_wherever_it_is():
    text = "孩子在小星星报的舞蹈课还剩三十节，老师说不教了，钱也不退。"
    assert chance(text, f"您好，{text}").chance >= 0.9


def test_universes_are_strangers():
    found = [*rows(LIFT), *rows(LIFT_AGAIN, universe="v")]
    assert groups(found) == [None, None]


def test_the_order_of_lines_changes_no_group():
    texts = [LIFT, LIFT_AGAIN, LIFT_ELSEWHERE, PARKING_THERE]
    assert [one is None for one in groups(rows(*texts))] == [one is None for one in groups(rows(*texts[::-1]))][::-1]


@pytest.mark.parametrize("text", [None, 7, ["电梯"]])
def test_a_line_without_a_text_is_refused_and_the_others_answered(text):
    found = [*rows(LIFT, LIFT_AGAIN), {"id": "x", "text": text}]
    answer = duplicates.among(found)
    assert answer(found[0])["group"] == answer(found[1])["group"] is not None
    with pytest.raises(TypeError):
        answer(found[2])


def test_a_chain_does_not_make_one_matter_of_two():
    """b is like a and like c, which have nothing to do with each other: the surer pair stays, c is alone."""
    assert grouped(3, {(0, 1): 0.9, (1, 2): 0.35}) == [[0, 1]]
    assert grouped(3, {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.3}) == [[0, 1, 2]]


def test_who_is_like_a_third_of_a_crowd_belongs_to_it_and_who_is_like_one_of_it_does_not():
    crowd = {(i, j): 0.9 for i in range(9) for j in range(i + 1, 9)}
    assert grouped(10, crowd | {(i, 9): 0.9 for i in range(3)}) == [[*range(10)]]
    assert grouped(10, crowd | {(0, 9): 0.9}) == [[*range(9)]]


def test_where_hardly_any_are_of_one_matter_more_has_to_speak_for_it():
    few = {(0, n): -4.0 for n in range(2, 400)} | {(0, 1): 3.0}
    many = {(0, n): 6.0 for n in range(2, 400)} | {(0, 1): 3.0}
    assert chances(few, set(), 30).get((0, 1), 0.0) < 0.4
    assert chances(many, set(), 30)[0, 1] > 0.9
    assert chances(few, {(0, 1)}, 30)[0, 1] >= 0.9  # but a copy is a copy


def test_figures_count_pairs():
    golden = [
        {**row, "group": group}
        for row, group in zip(rows(LIFT, LIFT_AGAIN, PARKING_THERE), ["a", "a", None], strict=True)
    ]
    assert dict(duplicates.score(golden)) == {"texts": 3, "pairs": 1, "precision": 1.0, "recall": 1.0, "pairs_f1": 1.0}


def test_numbers_and_long_repeats_cost_no_more_than_any_text():
    clues_of("", "一" * 5000 + "1" * 5000 + "村" * 5000)


@pytest.mark.parametrize(("mailbox", "least"), [("same_f", 0.6), ("same_g", 0.65)])
def test_a_mailbox_that_nothing_was_learnt_from_is_told_as_well_as_the_documents_say(mailbox, least):
    told = dict(duplicates.score(rows_of(Path(__file__).with_name(f"{mailbox}.jsonl"))))
    assert told["pairs_f1"] >= least
    assert told["precision"] >= 0.65
