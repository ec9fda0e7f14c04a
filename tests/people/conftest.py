"""The register, a browser for whoever looks at it, and a check after every test that the record is whole."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from fengqiao.ledger.verify import verify
from fengqiao.people.models import User
from tests.people.register import Register


@pytest.fixture
def register(db) -> Iterator[Register]:
    """Whatever a command writes in a test is witnessed."""
    yield Register()
    assert [str(finding) for finding in verify()] == []


@pytest.fixture
def browser_of() -> Callable[[User], Client]:
    """`browser_of(user)`: signed in."""

    def opened(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return opened
