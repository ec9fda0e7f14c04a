"""A keyed fingerprint of a row, kept in the chain, so that a change made behind the ledger's back is found.

A model takes part by `WITNESSED = True`; fields named in `UNWITNESSED` may change freely (counters, caches). The
fingerprint is keyed, so it neither reveals a shredded value nor can be forged by somebody who has only the database.
"""

from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from fengqiao.kernel.secrets import keyed_digest

from .hashing import canonical


def name_of(row: models.Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def fingerprint(row: models.Model) -> str:
    """Hex fingerprint of the row's witnessed fields as they are in memory."""
    values = {field.attname: _plain(field, getattr(row, field.attname)) for field in _fields(type(row))}
    return keyed_digest(canonical([row._meta.label_lower, values]))


def witnessed_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if getattr(model, "WITNESSED", False)]


@cache
def _fields(model: type[models.Model]) -> tuple[models.Field, ...]:
    left_out: frozenset[str] = getattr(model, "UNWITNESSED", frozenset())
    return tuple(field for field in model._meta.concrete_fields if field.name not in left_out)


def _plain(field: models.Field, value: Any) -> Any:
    if value is None or isinstance(value, (dict, list)):
        return value
    if isinstance(value, models.fields.files.FieldFile):
        return value.name
    if isinstance(field, models.ForeignKey):
        return str(value)
    value = field.to_python(value)
    if isinstance(value, datetime):
        return timezone.localtime(value, timezone.get_default_timezone()).isoformat()
    return value if isinstance(value, (bool, int)) else str(value)
