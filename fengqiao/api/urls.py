"""Addresses of the API."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, path

from . import health, pages
from .v1 import api

_paths, _app, _namespace = api.urls


def _opened(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The API asks for its own token; the pages' sign-in is not for machines."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            login_not_required(pattern.callback)
    return patterns


urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/docs/", pages.documentation, name="api-docs"),
    path("api/v1/", (_opened(list(_paths)), _app, _namespace)),
]
