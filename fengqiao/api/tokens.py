"""Who is calling: the owner of the bearer token, at most so many times a minute."""

from time import time

from django.core.cache import cache
from django.http import HttpRequest
from ninja.security import HttpBearer

from fengqiao.people.models import User

from .models import owner_of
from .problems import Limited

A_MINUTE = 60  # seconds
MOST = 6000  # calls a minute and account


class Bearer(HttpBearer):
    """Authorization: Bearer fq1_…"""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        user = owner_of(token)
        if user is not None:
            _count(user)
            request.user = user
        return user


def _count(user: User) -> None:
    key = f"api:{user.pk}:{int(time()) // A_MINUTE}"
    cache.add(key, 0, A_MINUTE * 2)
    if cache.incr(key) > MOST:
        raise Limited
