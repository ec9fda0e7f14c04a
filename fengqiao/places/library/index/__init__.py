"""The index over the names of addresses: by their beginning, and by any part of them. One adapter file per engine.

A row's tokens are the pairs of neighbouring characters of region and name, and the beginnings of its numbers, so that two
characters from the middle are enough (as in docs/adr/0004).
"""

import re
from collections.abc import Sequence

from django.db import connection
from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from . import postgres, sqlite

RUNS = re.compile(r"[0-9a-z]+|[^0-9a-z\s-]+")
LAST = "\U0010ffff"
LONGEST_START = 6  # letters of a number or a Latin word


def add(rows: Sequence[tuple[int, str]]) -> None:
    """Put keys with the whole text that they are found by into the index, in the caller's transaction."""
    adapter().add([(pk, sorted(set(tokens_of(text)))) for pk, text in rows])


def remove(keys: Sequence[int]) -> None:
    """Take keys out of the index. Their own rows go with whoever deletes them."""
    if keys:
        adapter().remove(list(keys))


def holding(words: Sequence[str], most: int) -> list[int]:
    """Keys whose text may hold every word, the first `most` of them: pairs know nothing of the order, so look again.

    They are asked for by themselves: joined with anything, PostgreSQL reads all names there are.
    """
    tokens = [token for word in words for token in _asked(word)]
    if not tokens:
        return []
    with connection.cursor() as cursor:
        cursor.execute(adapter().FOUND, [adapter().query_of(tokens), most])
        return [pk for (pk,) in cursor.fetchall()]


def starting(column: str, text: str) -> Q:
    """Rows whose column begins so: a range in the order of code points, which both engines have an index for."""
    plain = by_code_point(column)
    return Q(GreaterThanOrEqual(plain, text)) & Q(LessThan(plain, text + LAST))


def by_code_point(column: str) -> Combinable:
    """The column in the order that `starting` reads it in."""
    return F(column) if connection.vendor == "sqlite" else Collate(F(column), "C")


def tokens_of(text: str) -> list[str]:
    """Pairs of a name's characters and its last one, which a number follows; numbers and Latin as far as they are typed."""
    found = []
    for run in RUNS.findall(text):
        if run.isascii():
            found += [run[: n + 1] for n in range(min(len(run), LONGEST_START))]
        else:
            found += [*_pairs(run), run[-1]]
    return found


def _asked(word: str) -> list[tuple[str, bool]]:
    """The tokens of a word that somebody is typing; True: what begins so will do."""
    runs = RUNS.findall(word)
    found = [(token, False) for run in runs for token in (_pairs(run) if not run.isascii() else [run[:LONGEST_START]])]
    if runs and len(runs[-1]) == 1 and not runs[-1].isascii():
        found[-1] = (runs[-1], True)
    return found


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def adapter():
    return sqlite if connection.vendor == "sqlite" else postgres
