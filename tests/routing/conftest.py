"""The town, and a check after every test of routing that the record is whole."""

import pytest

from fengqiao.ledger.verify import verify
from tests.routing.town import Town


@pytest.fixture
def town(db) -> Town:
    return Town()


@pytest.fixture(autouse=True)
def the_record_is_whole(db):
    """Whatever a command wrote is witnessed."""
    yield
    assert [str(finding) for finding in verify()] == []
