"""Every test begins with nobody having asked for anything yet."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_asked_yet():
    cache.clear()
