"""Who gets what at which address: every address, for everybody who can come to it, as access.txt says and no other way.

The table was read line by line against the policies. A new address that is not in it fails the test; a test that fails
prints the lines as they were answered, to be judged and, where they are right, put into the table.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access import matrix, policy
from tests.access.stage import Stage
from tests.access.visiting import ANYBODY, PEOPLE, RESIDENTS, STAFF, Answer, Door, Line, routes

TABLE = Path(__file__).with_name("access.txt")
MATRIX = Path(__file__).with_name("matrix.txt")
RESULTS = Path(__file__).parents[2] / "test-output"
PARTS = 2  # so that two workers can share the table
GROUPS = ((ANYBODY,), RESIDENTS, STAFF)
SHUT = ("405", "login", "code", "401")  # decided before it is asked who it is
REFUSED = ("403", "404")
ROLES = {name: who.role for name, who in policy.STAFF.items()}


def table() -> dict[Line, dict[str, str]]:
    """What the file says: for each line, the word for each person."""
    head, *lines = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    assert tuple(head[3:]) == PEOPLE
    return {Line(*cells[:3]): dict(zip(PEOPLE, cells[3:], strict=True)) for cells in lines}


def asked(n: int, line: Line, wanted: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """Who is sent to the address of the n-th line, and whether the page is drawn for them: once for each word.

    Others take their turn from line to line. What is open to the world is asked by a few; at a dispute's address those
    who are answered like a colleague are asked by the matrix; elsewhere one of each role is asked for each word.
    """
    met: set[str] = set()
    roles: set[tuple[str, str]] = set()
    for group in GROUPS:
        met &= set(SHUT)
        for person in [*group[n % len(group) :], *group[: n % len(group)]]:
            word, again = wanted[person], wanted[person] in met
            alike = (ROLES.get(person, person), word)
            if again and (word in SHUT or line.is_about_a_dispute or is_open_to_all(wanted) or alike in roles):
                continue
            met.add(word)
            roles.add(alike)
            yield person, not again and word not in REFUSED


def is_open_to_all(wanted: dict[str, str]) -> bool:
    return len(set(wanted.values())) == 1


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
def test_everybody_gets_what_the_table_says(stage: Stage, door: Door, part: int):
    other, shown, broken = [], [], []
    with door.many_questions():
        for n, (line, wanted) in list(enumerate(table().items()))[part::PARTS]:
            answers = {one: door.ask(one, line, briefly=not drawn) for one, drawn in asked(n, line, wanted)}
            if any(answer.word != wanted[person] for person, answer in answers.items()):
                other.append(written(line, answers))
            if people := in_clear(stage, line, answers):
                shown.append(f"{line.method} {line.route} ({line.scene}): {people}")
            if any(answer.word.startswith("5") for answer in answers.values()):
                broken.append(f"{line.method} {line.route} ({line.scene})")
    assert broken == []
    assert shown == [], "in clear, without a reason and a trace"
    assert other == [], "\n" + "\n".join(other)


def test_the_matrix_is_the_one_that_was_read():
    said = matrix.text(table())
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / MATRIX.name).write_text(said, encoding="utf-8")
    assert said == MATRIX.read_text(encoding="utf-8"), (
        "compare test-output/matrix.txt with it; where it is right, copy it"
    )


@pytest.mark.once
@pytest.mark.parametrize("part", range(PARTS))
def test_everybody_gets_what_the_matrix_says(stage: Stage, door: Door, part: int):
    wrong = []
    with door.many_questions():
        for n, line in list(enumerate(matrix.resources(table())))[part::PARTS]:
            data = matrix.body_of(line)
            for person, there, wanted in matrix.questions(n, line):
                word = door.ask(person, there, data, briefly=True).word
                if wanted != ("yes" if word in matrix.THERE else word):
                    wrong.append(f"{there.method} {there.route} ({there.scene}): {person} {word}, not {wanted}")
    assert wrong == [], "\n" + "\n".join(wrong)
