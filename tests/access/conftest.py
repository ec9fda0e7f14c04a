"""The county with its disputes, built once for all tests of this folder."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.access.stage import Stage, build
from tests.access.visiting import Door


@pytest.fixture(scope="package")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    """Every test here sees it and undoes what it does."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def door(stage: Stage, db) -> Door:
    return Door(stage)
