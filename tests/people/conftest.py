"""Somebody with a password, at the door."""

import base64
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from fengqiao.ledger.verify import verify
from fengqiao.people import factors
from fengqiao.people.models import Role, SignIn, User
from tests.people.register import Register
from tests.world import a_committee, a_user, the_center

PASSWORD = "yuehe-2026-x"


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()


@pytest.fixture
def clerk(db) -> User:
    return with_password(a_user(a_committee(), name="陈晓燕", username="chen"))


@pytest.fixture
def security(db) -> User:
    return a_user(the_center(), Role.SECURITY, name="陆芸")


@pytest.fixture
def at_desk():
    """`at_desk(user)`: a browser in which this person is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        SignIn.objects.create(user=user, key=client.session.session_key, way="password", device="Chrome · Windows")
        return client

    return signed_in


@pytest.fixture
def phone(clerk):
    """The clerk's phone is bound; its secret, and the recovery codes on paper."""
    secret = factors.new_secret()
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        codes = factors.bind_app(clerk, secret=secret, code=shown(secret))
    return secret, codes


@pytest.fixture
def knock():
    """`knock("chen", password)`: one try at the door, in a browser that nobody has used yet."""

    def tried(username: str, password: str = PASSWORD, **more):
        return Client(**more).post("/login/", {"username": username, "password": password})

    return tried


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


def with_password(user: User, password: str = PASSWORD) -> User:
    user.set_password(password)
    user.save()
    return user


def shown(secret: str, later: int = 0) -> str:
    """What the phone shows now, or some seconds later."""
    moment = int(timezone.now().timestamp()) + later
    return TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(moment).decode()
