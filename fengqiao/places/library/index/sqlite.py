"""The index of addresses on SQLite: one FTS5 table; the models' own indexes are already in the order of code points."""

from collections.abc import Sequence

from django.db import connection

CREATE = [
    "CREATE VIRTUAL TABLE places_search USING fts5(tokens, tokenize = 'unicode61', prefix = '1 2')",
    "CREATE INDEX places_addresshead_end ON places_addresshead (backwards)",
]
FOUND = "SELECT rowid FROM places_search WHERE places_search MATCH %s LIMIT %s"


def add(rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO places_search (rowid, tokens) VALUES (%s, %s)", [(pk, " ".join(tokens)) for pk, tokens in rows]
        )


def remove(keys: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM places_search WHERE rowid = %s", [(pk,) for pk in keys])


def query_of(tokens: Sequence[tuple[str, bool]]) -> str:
    """All of the tokens; one that may go on is asked for by its beginning."""
    return " AND ".join('"' + token.replace('"', '""') + '"' + ("*" if is_open else "") for token, is_open in tokens)
