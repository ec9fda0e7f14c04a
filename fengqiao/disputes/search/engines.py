"""What the engines must be told differently so that both find rows without reading them all."""

from django.db import connection
from django.db.models import BooleanField, CharField, F, Func, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual


class _AnyOf(Func):
    """`key = ANY(ARRAY(statement))`."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY(ARRAY"
    output_field = BooleanField()


class _AsItIs(Func):
    """The column, for comparing and not for looking up: SQLite's planner leaves its index alone."""

    template = "+%(expressions)s"
    arity = 1


def code_within(column: str, span: tuple[str, str]) -> Q:
    """Rows whose code lies in the span, where that is many of all rows.

    For an OR of conditions SQLite gathers every row by their indexes before it takes the newest twenty; with one that
    has no index it goes through the rows in the order wanted, and stops. PostgreSQL weighs the two by itself.
    """
    if connection.vendor != "sqlite":
        return Q(**{f"{column}__range": span})
    plain = _AsItIs(F(column), output_field=CharField())
    return Q(GreaterThanOrEqual(plain, span[0])) & Q(LessThanOrEqual(plain, span[1]))


def key_among(keys: QuerySet | RawSQL) -> Q:
    """Rows whose key is among these few, found first and by themselves.

    PostgreSQL answers an OR by its indexes only if none of its parts is an IN with a query: that it takes for half of
    all rows, and reads them all. SQLite has no arrays and needs none.
    """
    if connection.vendor == "sqlite":
        return Q(pk__in=keys)
    return Q(_AnyOf(F("pk"), keys if isinstance(keys, RawSQL) else Subquery(keys)))
