"""What the database needs now and then, wherever nobody else gives it."""

from django.db import connection

ROWS_LOOKED_AT = 1000  # of each index: enough for a plan, and quick on a hundred thousand rows


def refresh_statistics() -> None:
    """SQLite plans by statistics that it gathers only when told to; PostgreSQL's autovacuum sees to its own."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
            cursor.execute("ANALYZE")
