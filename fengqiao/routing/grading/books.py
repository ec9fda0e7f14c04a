"""The versions of the thresholds: the newest is in force, every older one stays to be replayed."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from fengqiao.ledger import book as ledger
from fengqiao.routing.events import GRADES, GradesChanged
from fengqiao.routing.models import GradeBook

from .book import Line


def lines_in_force() -> tuple[int, list[Line]]:
    """The version and its lines; version 0, with none, where the district has no thresholds."""
    row = GradeBook.objects.order_by("-version").first()
    return (row.version, row.book) if row else (0, [])


def of_version(version: int) -> list[Line] | None:
    row = GradeBook.objects.filter(version=version).first()
    return row.book if row else None


def take_in(lines: Iterable[Line], *, by: Any) -> tuple[int, int]:
    """How many lines are new, and how many changed or went; where any did, that is the next version."""
    wanted = sorted(lines, key=lambda one: one.key)
    version, now = lines_in_force()
    before = {one.key: one for one in now}
    if wanted == now:
        return 0, 0
    rows = [one.as_json() for one in wanted]
    made = GradeBook.objects.create(version=version + 1, lines=rows, at=timezone.now())
    ledger.begin(GRADES, made.pk, GradesChanged(version=made.version, lines=len(rows)), by=by, rows=[made])
    created = len([one for one in wanted if one.key not in before])
    changed = len([one for one in wanted if one.key in before and before[one.key] != one])
    return created, changed + len(before.keys() - {one.key for one in wanted})
