"""The town, and a check after every test that the record is whole."""

import pytest

from fengqiao.ledger.verify import verify
from tests.supervision.office import Office


@pytest.fixture
def office(db) -> Office:
    return Office()


@pytest.fixture(autouse=True)
def the_record_is_whole(request):
    """Whatever a command wrote is witnessed."""
    asked = "office" in request.fixturenames
    if asked:
        request.getfixturevalue("db")
    yield
    if asked:
        assert [str(finding) for finding in verify()] == []
