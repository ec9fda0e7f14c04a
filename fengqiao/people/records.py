"""Where the events about an account are written: in its own chain."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from fengqiao.ledger import book
from fengqiao.ledger.kinds import Event
from fengqiao.ledger.models import Entry

from .models import User


def hold(user: User) -> User:
    """The account as it stands, held until the transaction ends."""
    return User.objects.select_for_update(of=("self",)).get(pk=user.pk)


def keep(user: User, *fields: str) -> None:
    """Save what was decided about the account that is held, as its next version."""
    user.version += 1
    user.save(update_fields=[*fields, "version"])


def tell(event: Event, *, about: User, by: Any, rows: Iterable[models.Model] = ()) -> Entry:
    """Append to the chain of the account. Call inside a transaction that holds its row."""
    return book.append("user", about.pk, event, by=by, rows=rows)
