"""Search on SQLite: one FTS5 table beside the disputes."""

from collections.abc import Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

TABLE = "disputes_search"
CREATE = "CREATE VIRTUAL TABLE disputes_search USING fts5(tokens, tokenize = 'unicode61')"


def write(pk: int, tokens: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM disputes_search WHERE rowid = %s", [pk])
        cursor.execute("INSERT INTO disputes_search (rowid, tokens) VALUES (%s, %s)", [pk, " ".join(tokens)])


def matching(groups: Sequence[Sequence[str]]) -> RawSQL:
    query = " OR ".join("(" + " AND ".join(_quoted(token) for token in tokens) + ")" for tokens in groups)
    return RawSQL("SELECT rowid FROM disputes_search WHERE disputes_search MATCH %s", [query])


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
