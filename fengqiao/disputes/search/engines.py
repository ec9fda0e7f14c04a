"""What the engines must be told differently so that both find rows by their indexes."""

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL


class _AnyOf(Func):
    """`key = ANY(ARRAY(statement))`."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY(ARRAY"
    output_field = BooleanField()


def key_among(keys: QuerySet | RawSQL) -> Q:
    """Rows whose key is among these few, found first and by themselves.

    PostgreSQL answers an OR by its indexes only if none of its parts is an IN with a query: that it takes for half of
    all rows, and reads them all. SQLite has no arrays and needs none.
    """
    if connection.vendor == "sqlite":
        return Q(pk__in=keys)
    return Q(_AnyOf(F("pk"), keys if isinstance(keys, RawSQL) else Subquery(keys)))
