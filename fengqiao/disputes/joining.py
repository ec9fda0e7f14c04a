"""Whose parts of a dispute are still to be done, and how much those who could help have in hand."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from .lifecycle import OPEN
from .models import Dispute, JointTask


def unclosed(dispute: Dispute) -> str | None:
    """The sentence that says which called bodies have not closed their part; None when all have."""
    names = [task.assist.body.name for task in dispute.joint_tasks.open().select_related("assist__body")]
    if not names:
        return None
    return _("还有 %(n)d 个单位的联动任务没有销号：%(bodies)s。") % {"n": len(names), "bodies": "、".join(names)}


def loads_of_people(people: Iterable[int]) -> Counter[int]:
    """How many open disputes each mediates, and how many open parts of others' each does."""
    wanted = list(people)
    found = Counter(_counted(Dispute.objects.filter(state__in=OPEN, mediator__in=wanted), "mediator"))
    found.update(_counted(JointTask.objects.open().filter(person__in=wanted), "person"))
    return found


def loads_of_bodies(bodies: Iterable[int]) -> Counter[int]:
    """How many open disputes each body has, and how many open parts of others'."""
    wanted = list(bodies)
    found = Counter(_counted(Dispute.objects.filter(state__in=OPEN, body__in=wanted), "body"))
    found.update(_counted(JointTask.objects.open().filter(assist__body__in=wanted), "assist__body"))
    return found


def _counted(rows: QuerySet[Any], name: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(name).annotate(n=Count("pk")))
