"""Lets the demonstration's stories happen on earlier days: the clock of this one process shows the moment they are told at.

Every command asks Django's clock what time it is. Here that clock is set, for the single-threaded `demo` process alone
and never in production, so that the stories go through the very commands that people use, on the days they tell of.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone


class Hands:
    """The hands of the clock. They can be set forward, never back, and go on by themselves."""

    def __init__(self, at: datetime) -> None:
        self._at, self._set = at, time.monotonic()

    @property
    def now(self) -> datetime:
        return self._at + timedelta(seconds=time.monotonic() - self._set)

    def forward(self, moment: datetime) -> None:
        self._at, self._set = max(moment, self.now), time.monotonic()


@contextmanager
def clock_from(moment: datetime) -> Iterator[Hands]:
    """Within, `timezone.now` and whatever is built on it begin at this moment. Refused in production."""
    if settings.ENVIRONMENT == "production":
        raise ImproperlyConfigured("the clock of a production system is not set back")
    hands, real = Hands(moment), timezone.datetime  # type: ignore[attr-defined]
    # The name inside the module, not `timezone.now`: fields that have `now` as their default hold the function itself.
    timezone.datetime = _showing(hands)  # type: ignore[attr-defined]
    try:
        yield hands
    finally:
        timezone.datetime = real  # type: ignore[attr-defined]


def _showing(hands: Hands) -> type[datetime]:
    class AsDatetime(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, datetime)

    class Shown(datetime, metaclass=AsDatetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return hands.now.astimezone(tz)

    return Shown
