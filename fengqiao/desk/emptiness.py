"""Not asking twenty tables about a dispute of which most know nothing."""

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from fengqiao.disputes.models import Dispute


class Nothing(QuerySet):
    """A set that is known to be empty, however it is narrowed or put in order: it never asks the database."""

    def _fetch_all(self) -> None:
        self._result_cache = []

    def count(self) -> int:
        return 0

    def exists(self) -> bool:
        return False


def knowing_what_is_empty(dispute: Dispute) -> Dispute:
    """For a page that asks every stage what it has: one question finds what there is none of, and that is asked no more.

    The answer holds for reading; commands lock and read a row of their own.
    """
    names, sql = _hanging_on_it()
    with connection.cursor() as cursor:
        cursor.execute(sql, [dispute.pk] * len(names))
        there = cursor.fetchone()
    empty = {name for name, some in zip(names, there, strict=True) if not some}
    known = dispute.__dict__.get("_prefetched_objects_cache", {})
    dispute.__dict__["_prefetched_objects_cache"] = _Known(dispute, known, empty)
    return dispute


class _Known(dict[str, QuerySet]):
    """What Django keeps of a row's fetched sets; an empty one is made when somebody looks for it, and few are looked for."""

    def __init__(self, dispute: Dispute, fetched: dict[str, QuerySet], empty: set[str]) -> None:
        super().__init__(fetched)
        self.dispute, self.empty = dispute, empty - set(fetched)

    def __missing__(self, name: str) -> QuerySet:
        if name not in self.empty:
            raise KeyError(name)
        self.empty.discard(name)  # first: to be made, it looks here again
        self[name] = _nothing(self.dispute, name)
        return self[name]

    def pop(self, name: str, *default: Any) -> Any:
        self.empty.discard(name)
        return super().pop(name, *default)


def _nothing(dispute: Dispute, name: str) -> QuerySet:
    found = getattr(dispute, name).none()
    found.__class__ = _nothing_of(found.__class__)
    return found


@cache
def _nothing_of(kind: type[QuerySet]) -> type[QuerySet]:
    """The same kind of set with all its methods, but empty."""
    return type(f"Nothing{kind.__name__}", (Nothing, kind), {})


@cache
def _hanging_on_it() -> tuple[list[str], str]:
    """The names of everything that may hang on a dispute, and the statement that asks which of it there is."""
    hanging: list[Any] = [one for one in Dispute._meta.related_objects if one.one_to_many]
    asked = [
        f'EXISTS (SELECT 1 FROM "{one.related_model._meta.db_table}" WHERE "{one.field.column}" = %s)'  # noqa: S608
        for one in hanging
    ]
    return [one.get_accessor_name() for one in hanging], f"SELECT {', '.join(asked)}"
