"""What tests of messages share: a town, the gateway and the worker's round."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.utils import timezone

from tests.notices.gateway import Gateway, serving
from tests.routing.town import Town

NOON = timezone.make_aware(datetime.fromisoformat("2026-11-23 12:00"))
NIGHT = timezone.make_aware(datetime.fromisoformat("2026-11-23 22:30"))


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def noon() -> Iterator[time_machine.Traveller]:
    """In the middle of a working day: nobody sleeps."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def gateway(settings) -> Iterator[Gateway]:
    with serving(Gateway()) as found:
        settings.SMS_PORT = found.port
        yield found
