"""Deliver what is owed to those who listen. At least once: a listener must bear being told twice."""

from collections.abc import Callable

from django.db import transaction
from django_tasks import task

from .models import Entry

_by_name: dict[str, Callable[[Entry], None]] = {}


def name_of(handler: Callable[[Entry], None]) -> str:
    return f"{handler.__module__}.{handler.__name__}"


def know(handler: Callable[[Entry], None]) -> None:
    _by_name[name_of(handler)] = handler


def handler_called(name: str) -> Callable[[Entry], None]:
    return _by_name[name]


@task()
def deliver(entry_id: int, handler: str) -> None:
    """Tell one listener of one entry, whole or not at all."""
    with transaction.atomic():
        handler_called(handler)(Entry.objects.get(pk=entry_id))
