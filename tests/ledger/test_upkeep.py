"""What the database needs now and then."""

import pytest
from django.db import connection

from fengqiao.ledger.upkeep import refresh_statistics
from fengqiao.people.models import User


@pytest.mark.django_db
def test_sqlite_learns_how_full_its_tables_are_and_postgresql_is_left_alone(django_assert_num_queries):
    User.objects.bulk_create(User(username=f"u{n}") for n in range(200))
    with django_assert_num_queries(2 if connection.vendor == "sqlite" else 0):
        refresh_statistics()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'people_user'")
            assert any(row[0].startswith(f"{User.objects.count()} ") for row in cursor.fetchall())
