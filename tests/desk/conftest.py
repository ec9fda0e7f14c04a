"""The town and its people at their desks."""

import pytest
from django.test import Client

from fengqiao.people.models import User
from tests.routing.town import Town


@pytest.fixture
def town(db) -> Town:
    return Town()


@pytest.fixture
def at_desk():
    """`at_desk(user)`: a browser in which this person is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
