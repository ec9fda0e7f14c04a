"""Every test begins with nobody having asked for anything yet."""

import pytest
from django.core.cache import cache

from tests.agreements.conftest import emptying_passes_the_guard  # noqa: F401  (a fixture)


@pytest.fixture(autouse=True)
def nobody_asked_yet():
    cache.clear()
