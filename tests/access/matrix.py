"""The matrix: everything that holds something of a dispute, for everybody, in every relation to it; as a text to be read."""

from collections.abc import Iterator

from fengqiao.api.acts import DOING
from fengqiao.disputes.lifecycle import Act
from tests.access.policy import EVERYBODY, MATTERS, STAFF, answer, kind, sees
from tests.access.visiting import Line

Row = tuple[str, ...]
Cells = tuple[tuple[str, Row], ...]

SHUT = ("login", "code", "401")
THERE = ("200", "on", "409", "422")  # let in; whether it can be done now is lifecycle.py's
SCENE = {"restricted": "restricted", "next door": "peer"}  # an open dispute is where the address makes sense
PLACES = (
    "the list of all disputes", "its export as CSV", "its export as a workbook", "the list of the API",
    "the worklist, its heaps and their counts", "the exports of the worklist", "notices, meetings, duties, calls, archive",
    "search: number, words, telephone, its last digits, identity number", "the search of the API",
    "what was met before, at the window",
)  # fmt: skip
HEAD = """\
Who gets what of a dispute. Written by tests/access/matrix.py from the policy in policy.py and from the addresses in
access.txt; the answers of the application are compared with it. Read what changes here line by line.

yes    it is there; whether the act is possible now is another table (tests/disputes/truth_table.txt)
404    it is not there: for a peer no other answer than for a number that does not exist
403    it is there, but not for them to do
login  sign in first    code  open your dispute with code and PIN first    401  a token first

open        held by the committee, taken in first by its town's branch, with another committee's help
restricted  the same, named people only
next door   a dispute of the next town

{}
"""
WHO = {
    "anon": "nobody", "gone": "an account that was closed", "own": "the applicant", "vis": "the respondent",
    "far": "a party of another dispute",
}  # fmt: skip
ENOUGH = {
    "reason": "因为", "to": "nowhere", "body": "nowhere", "into": "2026-9999", "remedies": ["court"], "to_name": "某院",
    "kind": "court", "difficulty": "general", "risk": "R0", "party": 1, "willing": "yes", "how": "phone",
    "rating": "satisfied", "words": "请快一点", "cites": "rule:1",
}  # fmt: skip


def resources(table: dict[Line, dict[str, str]]) -> Iterator[Line]:
    """Every address of a dispute once, with the method that is answered there; every kind of paper."""
    met = set()
    for line, words in sorted(table.items(), key=lambda row: row[0].method):
        what = (line.route, line.scene.partition(":")[2])
        if line.is_about_a_dispute and "405" not in words.values() and what not in met:
            met.add(what)
            yield line


def cells(line: Line) -> Cells:
    """For each matter, the answer for each person."""
    detail = line.scene.partition(":")[2]
    return tuple(
        (name, tuple(answer(person, line.route, detail, matter) for person in EVERYBODY))
        for name, matter in MATTERS.items()
    )


def questions(n: int, line: Line) -> Iterator[tuple[str, Line, str]]:
    """Whom to ask about the n-th address, where, and the answer that is due.

    Of those who are kept out, one of every role in every relation; of those who are let in, one of every relation; of
    those whom the door turns away before it is asked who they are, two: each in turn from address to address. About the
    restricted dispute and the one next door only those for whom it is something else than the open one, and one who is
    let in.
    """
    (name, before), *others = cells(line)
    yield from ((person, line, word) for person, word in _one_of_each(n, name, before))
    for name, row in others:
        changed = [(who, word) for who, word in _one_of_each(n, name, row) if word != before[EVERYBODY.index(who)]]
        yield from ((person, at(line, name), word) for person, word in changed if word != "yes")
        let_in = [person for person, word in zip(EVERYBODY, row, strict=True) if word == "yes" and person in STAFF]
        if let_in and line.scene != "archived":  # only the open one has been archived
            yield let_in[n % len(let_in)], at(line, name), "yes"


def _one_of_each(n: int, name: str, row: Row) -> Iterator[tuple[str, str]]:
    alike: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    first_shut = next((person for person, word in zip(EVERYBODY, row, strict=True) if word in SHUT), "")
    for person, word in zip(EVERYBODY, row, strict=True):
        role, *relation = kind(person, MATTERS[name])
        if word in SHUT:
            sort = (word, "first" if person == first_shut else "later")
        else:
            sort = (word, *relation) if relation and word == "yes" else (word, role, *relation)
        alike.setdefault(sort, []).append((person, word))
    yield from (people[n % len(people)] for people in alike.values())


def at(line: Line, matter: str) -> Line:
    """The same address at the dispute of this matter."""
    kind = line.scene.partition(":")[1:]
    return Line(line.method, line.route, SCENE[matter] + "".join(kind))


def body_of(line: Line) -> dict | None:
    """What this act of the API asks for, so that it is the dispute that is missing and nothing else."""
    act = line.route.rpartition("/")[2]
    if not line.is_api or line.method == "GET" or act not in Act.values:
        return None
    wanted = DOING[Act(act)].body.model_json_schema().get("required", [])
    return {name: ENOUGH[name] for name in wanted}


def text(table: dict[Line, dict[str, str]]) -> str:
    """The matrix as it is kept in matrix.txt: what is answered alike stands together."""
    alike: dict[Cells, list[str]] = {}
    for line in resources(table):
        where = f"{line.method:<4} {line.route} {line.scene.partition(':')[2]}".rstrip()
        alike.setdefault(cells(line), []).append(where)
    found = tuple(
        (name, tuple("yes" if one in STAFF and sees(one, matter) else "" for one in EVERYBODY))
        for name, matter in MATTERS.items()
    )
    who = "\n".join(f"{name:<7} {_as(name)}" for name in EVERYBODY)
    parts = [HEAD.format(who), _block(found, [f"in   {place}" for place in PLACES])]
    return "\n".join([*parts, *(_block(rows, sorted(where)) for rows, where in alike.items())])


def _as(name: str) -> str:
    if name not in STAFF:
        return WHO[name]
    who = STAFF[name]
    return f"{who.role}, {who.body}" + (f", in place of {who.stands_in_for}" if who.stands_in_for else "")


def _block(rows: Cells, where: list[str]) -> str:
    lines = [f"{'':<11} {_spread(EVERYBODY)}", *(f"{name:<11} {_spread(row)}" for name, row in rows)]
    return "\n".join([*(line.rstrip() for line in lines), *(f"    {one}" for one in where), ""])


def _spread(words: tuple[str, ...]) -> str:
    return " ".join(f"{word or '·':<6}" for word in words)
