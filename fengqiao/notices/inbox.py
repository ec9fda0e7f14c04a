"""The inbox as a page shows it: newest first, a page at a time, each notice only as far as its reader may still see."""

from dataclasses import dataclass

from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User

from .models import Notice

PAGE = 30


@dataclass(frozen=True)
class Sheet:
    """One page of the inbox; `next_cursor` leads to older ones."""

    notices: list[Notice]
    next_cursor: str
    previous_cursor: str = ""


def sheet_of(user: User, before: int | None = None) -> Sheet:
    """The user's notices, those before the given one. A dispute that has left their sight shows no words."""
    rows = Notice.objects.of(user).select_related("entry", "dispute")
    if before:
        rows = rows.filter(pk__lt=before)
    notices = list(rows[: PAGE + 1])
    onward = str(notices[PAGE - 1].pk) if len(notices) > PAGE else ""
    notices = notices[:PAGE]
    seen = set(
        Dispute.objects.visible_to(user)
        .filter(pk__in=[notice.dispute_id for notice in notices if notice.dispute_id])
        .values_list("pk", flat=True)
    )
    for notice in notices:
        notice.is_visible = notice.dispute_id is None or notice.dispute_id in seen  # type: ignore[attr-defined]
    return Sheet(notices, onward)
