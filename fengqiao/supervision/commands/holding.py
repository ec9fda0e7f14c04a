"""What the commands share: the row as somebody saw it, the words that must be there, the day that must be to come."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.kernel.text import normalise

LONGEST = 300  # characters of a reason
LONGEST_TEXT = 4000  # of an answer, a report, minutes


def given(text: str, why: str, *, longest: int = LONGEST) -> str:
    """The text in one form. Refused with `why` when there is none, and when it is too long."""
    if not (text := normalise(text)):
        raise Refused(why)
    return short(text, longest)


def short(text: str, longest: int = LONGEST) -> str:
    """The text in one form, which may be empty. Refused when it is too long."""
    text = normalise(text)
    if len(text) > longest:
        raise Refused(_("写得太长了，请在 %(n)d 个字以内写清楚。") % {"n": longest})
    return text


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
