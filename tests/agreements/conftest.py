"""Between tests that commit, the database is emptied; the ledger's own guard against that is lifted for the moment."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger%no_delete'"


@pytest.fixture(autouse=True, scope="session")
def emptying_passes_the_guard() -> Iterator[None]:
    """SQLite empties by DELETE, which the triggers refuse; PostgreSQL by TRUNCATE, which they do not hear of."""
    operations = DatabaseWrapper.ops_class
    flush = operations.execute_sql_flush

    def emptied(self, sql_list: list[str]) -> None:
        with connection.cursor() as cursor:
            guards = cursor.execute(GUARDS).fetchall()
            for name, _sql in guards:
                cursor.execute(f"DROP TRIGGER {name}")
            flush(self, sql_list)
            for _name, sql in guards:
                cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", emptied)
        yield
