"""The county with its disputes, built once for each file of tests that asks for it."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.house.stage import Stage, build
from tests.house.visiting import Door


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    """Every test of the file sees it and undoes what it does."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def door(stage: Stage, db) -> Door:
    return Door(stage)
