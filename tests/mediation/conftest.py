"""The case, and a check after every test of mediation that the record is whole."""

import pytest

from fengqiao.ledger.verify import verify
from tests.mediation.case import Case


@pytest.fixture
def case(db) -> Case:
    return Case()


@pytest.fixture(autouse=True)
def the_record_is_whole(db):
    """Whatever a command wrote is witnessed."""
    yield
    assert [str(finding) for finding in verify()] == []
