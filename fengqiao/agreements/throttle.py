"""How often one address may ask what anybody may ask."""

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from fengqiao.kernel.secrets import blind_index
from fengqiao.web.visits import address_of

MOST, WITHIN = 30, timedelta(minutes=10)


def asks_too_often(request: HttpRequest, what: str) -> bool:
    """Counts this request; true from the thirty-first of ten minutes on. The address itself is not kept."""
    period = int(timezone.now().timestamp() // WITHIN.total_seconds())
    key = f"asks:{what}:{blind_index(address_of(request), 'ip')}:{period}"
    if cache.add(key, 1, timeout=int(WITHIN.total_seconds())):
        return False
    try:
        return cache.incr(key) > MOST
    except ValueError:  # the count ran out between the two calls
        return False
