"""What the database needs now and then, wherever nobody else gives it."""

from django.db import connection

TABLES_WITHOUT_STATISTICS_TOO = 0x10000
ANALYZE_WHERE_NEEDED = 0x02


def refresh_statistics() -> None:
    """SQLite plans by statistics that it gathers only when told to; PostgreSQL's autovacuum sees to its own."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA optimize = {TABLES_WITHOUT_STATISTICS_TOO | ANALYZE_WHERE_NEEDED}")
