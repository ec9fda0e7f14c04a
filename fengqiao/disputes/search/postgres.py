"""Search on PostgreSQL: a tsvector of our own tokens with a GIN index; no parser or dictionary of the database is asked."""

from collections.abc import Sequence

from django.db import connection

TABLE = "disputes_search"
CREATE = [
    "CREATE TABLE disputes_search (dispute_id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
    "CREATE INDEX disputes_search_tokens ON disputes_search USING gin (tokens)",
]
WORDS = "SELECT dispute_id FROM disputes_search WHERE tokens @@ %s::tsquery"


def remove(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM disputes_search WHERE dispute_id = %s", [pk])


def add(pk: int, tokens: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO disputes_search (dispute_id, tokens) VALUES (%s, array_to_tsvector(%s::text[]))",
            [pk, list(tokens)],
        )


def query_of(groups: Sequence[Sequence[str]]) -> str:
    """Alternatives, of each of which every token must be there."""
    return " | ".join("(" + " & ".join(_quoted(token) for token in tokens) + ")" for tokens in groups)


def both(queries: Sequence[str]) -> str:
    return " & ".join(f"({query})" for query in queries)


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
