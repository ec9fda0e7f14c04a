"""Wuxing, loaded once for each file of tests that looks at it."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Every test of the file sees it and undoes what it does."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_district", "wuxing", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def wuxing(loaded: None, db: None) -> None:
    pass
