"""The thirty worked deadlines that come with the data of the project: every one, to the second."""

import json
from pathlib import Path

import pytest

from fengqiao.kernel.deadlines import answer, score

EXAMPLES = Path(__file__).with_name("deadlines_public.jsonl")
LINES = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", LINES, ids=lambda case: case["id"])
def test_the_published_example_comes_out(case):
    found = answer(case)
    assert (found["expected"], found.get("error")) == (case["expected"], case.get("error")), case["why"]


def test_the_share_of_those_that_came_out_is_told():
    wrong = {**LINES[0], "expected": "2000-01-01"}
    assert dict(score([*LINES[:3], wrong])) == {"deadlines": 4, "exact": 0.75}
