"""Who gets what at which address: every address, for everybody who can come to it, as access.txt says and no other way.

The table was read line by line against the policies. A new address that is not in it fails the test; a test that fails
prints the lines as they were answered, to be judged and, where they are right, put into the table.
"""

from pathlib import Path

import pytest

from tests.house.stage import Stage
from tests.house.visiting import PEOPLE, RESIDENTS, STAFF, Answer, Line, routes

TABLE = Path(__file__).with_name("access.txt")
REFUSED = ("403", "404")
PARTS = 6  # so that several workers can share the table
# Where the table says the same for all residents, or for all staff, a few of them are asked.
FEW = {RESIDENTS: {"own"}, STAFF: {"mgr", "peer", "admin"}}


def table() -> dict[Line, dict[str, str]]:
    """What the file says: for each line, the word for each person."""
    head, *lines = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    assert tuple(head[3:]) == PEOPLE
    return {Line(*cells[:3]): dict(zip(PEOPLE, cells[3:], strict=True)) for cells in lines}


def asked(wanted: dict[str, str]) -> list[str]:
    """Who is sent to the address."""
    left_out = set()
    for group, few in FEW.items():
        if len({wanted[person] for person in group}) == 1:
            left_out |= set(group) - few
    return [person for person in PEOPLE if person not in left_out]


def written(line: Line, answers: dict[str, Answer]) -> str:
    """A line of the table, as it was answered."""
    words = " ".join(f"{answers[person].word if person in answers else '?':<5}" for person in PEOPLE)
    return f"{line.method:<5} {line.route:<53} {line.scene:<19}{words}".rstrip()


def in_clear(stage: Stage, line: Line, answers: dict[str, Answer]) -> list[str]:
    """Who is shown somebody's telephone, identity number or home that they have not asked for with a reason."""
    own = set(stage.applicant.secrets) if line.scene == "applying" else set()  # what this browser has just typed
    secrets = stage.secrets - own
    return [person for person, answer in answers.items() if any(secret in answer.text for secret in secrets)]


def test_every_address_stands_in_the_table():
    named = {method: {line.route for line in table() if line.method == method} for method in ("GET", "POST")}
    assert routes() - named["GET"] == set(), "say in access.txt who may come to these"
    assert routes() - named["POST"] == set(), "say in access.txt who may send something to these"
    assert (named["GET"] | named["POST"]) - routes() == set(), "these addresses are gone"


@pytest.mark.once  # who sees which dispute is asked on both engines, in test_privacy.py
@pytest.mark.parametrize("part", range(PARTS))
def test_everybody_gets_what_the_table_says(stage, door, part):
    other, shown, broken = [], [], []
    for line, wanted in list(table().items())[part::PARTS]:
        answers = {person: door.ask(person, line, briefly=wanted[person] in REFUSED) for person in asked(wanted)}
        if any(answer.word != wanted[person] for person, answer in answers.items()):
            other.append(written(line, answers))
        if people := in_clear(stage, line, answers):
            shown.append(f"{line.method} {line.route} ({line.scene}): {people}")
        if any(answer.word.startswith("5") for answer in answers.values()):
            broken.append(f"{line.method} {line.route} ({line.scene})")
    assert broken == []
    assert shown == [], "in clear, without a reason and a trace"
    assert other == [], "\n" + "\n".join(other)
