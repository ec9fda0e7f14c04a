"""What the commands share: the row as somebody saw it, the words that must be there, the day that must be to come."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused, Stale

LONGEST_TEXT = 4000  # of an answer, a report, minutes


def brief(text: str) -> str:
    """The beginning of it, for an entry: the whole stands in the row."""
    return text if len(text) <= 80 else f"{text[:80]}…"


def in_future(day: date) -> date:
    """Refused for a day gone by."""
    if day < timezone.localdate():
        raise Refused(_("日期不能早于今天。"))
    return day


def fresh(row: Any, seen: int | None) -> Any:
    """The row that is held. Stale where it changed since the person saw it."""
    if seen is not None and seen != row.version:
        raise Stale(_("刚刚有人动过，请看清现在的情况再办。您写的内容还在。"))
    return row


def keep(row: Any, *fields: str) -> None:
    """Save what was decided about a row that is held, as its next version."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def seen_by(dispute: Dispute, by: Any) -> Dispute:
    """Refused where the person no longer sees the dispute."""
    if not dispute.hats_of(by):
        raise Refused(_("没有找到这件事，或者不归您看。"))
    return dispute
