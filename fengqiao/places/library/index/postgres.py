"""The index of addresses on PostgreSQL: a tsvector of our own tokens with GIN, and names in the order of code points."""

from collections.abc import Sequence

from django.db import connection

CREATE = [
    "CREATE TABLE places_search (key_id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
    "CREATE INDEX places_search_tokens ON places_search USING gin (tokens)",
    'CREATE INDEX places_addresskey_start ON places_addresskey (key COLLATE "C")',
    'CREATE INDEX places_addresshead_start ON places_addresshead (key COLLATE "C")',
    'CREATE INDEX places_addresshead_end ON places_addresshead (backwards COLLATE "C")',
]
# Materialised, so that the planner does not take the limit for a reason to read the table from its beginning.
FOUND = (
    "WITH found AS MATERIALIZED (SELECT key_id FROM places_search WHERE tokens @@ %s::tsquery) "
    "SELECT key_id FROM found LIMIT %s"
)


def add(rows: Sequence[tuple[int, Sequence[str]]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO places_search (key_id, tokens) VALUES (%s, array_to_tsvector(%s::text[]))",
            [(pk, list(tokens)) for pk, tokens in rows],
        )


def remove(keys: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM places_search WHERE key_id = ANY(%s)", [keys])


def query_of(tokens: Sequence[tuple[str, bool]]) -> str:
    """All of the tokens; one that may go on is asked for by its beginning."""
    return " & ".join(_quoted(token) + (":*" if is_open else "") for token, is_open in tokens)


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
