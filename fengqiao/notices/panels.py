"""What notices show on the page of a dispute: who was told what outside the house, when, and what came of it."""

from typing import Any

from fengqiao.disputes.models import Dispute

from .listing import told_of
from .models import Message

AT_FIRST, MOST = 5, 50


def panel(dispute: Dispute, actor: Any) -> dict[str, Any] | None:
    """The context of notices/panel.html, or None where nobody was told anything."""
    lines = told_of(dispute, most=MOST)
    if not lines:
        return None
    more = Message.objects.filter(dispute=dispute).count() - len(lines) if len(lines) == MOST else 0
    return {"dispute": dispute, "lines": lines[:AT_FIRST], "earlier": lines[AT_FIRST:], "more": more}
