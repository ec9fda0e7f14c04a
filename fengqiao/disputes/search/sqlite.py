"""Search on SQLite: one FTS5 table beside the disputes."""

from collections.abc import Sequence

from django.db import connection

TABLE = "disputes_search"
CREATE = "CREATE VIRTUAL TABLE disputes_search USING fts5(tokens, tokenize = 'unicode61')"
WORDS = "SELECT rowid FROM disputes_search WHERE disputes_search MATCH %s"


def remove(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM disputes_search WHERE rowid = %s", [pk])


def add(pk: int, tokens: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO disputes_search (rowid, tokens) VALUES (%s, %s)", [pk, " ".join(tokens)])


def query_of(groups: Sequence[Sequence[str]]) -> str:
    """Alternatives, of each of which every token must be there."""
    return " OR ".join("(" + " AND ".join(_quoted(token) for token in tokens) + ")" for tokens in groups)


def both(queries: Sequence[str]) -> str:
    return " AND ".join(f"({query})" for query in queries)


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
