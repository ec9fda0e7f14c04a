"""What the end shows on the page of a dispute: its acts, and the card with ratings, objections and the archived file."""

from typing import Any

from django.utils.translation import gettext as _

from fengqiao.disputes.lifecycle import ENDED, Act, State
from fengqiao.disputes.models import Dispute
from fengqiao.disputes.ratings import Rating
from fengqiao.people.models import User
from fengqiao.web.acts import Offer, offer

from .contents import missing, why_not_ready
from .models import Callback

ICONS = {Act.CLOSE: "circle-check", Act.CALL_BACK: "phone", Act.ARCHIVE: "archive", Act.REOPEN: "rotate"}
LOOKS = {
    Rating.SATISFIED: "done", Rating.FAIRLY: "done", Rating.DISSATISFIED: "late", Rating.UNREACHED: "idle",
}  # fmt: skip


def offers(dispute: Dispute, actor: Any) -> list[Offer]:
    """The acts at the end in the order of use, possible or not. Parties rate and contest on their own pages."""
    if not isinstance(actor, User):
        return []
    extra = {Act.ARCHIVE: why_not_ready(dispute) if dispute.state == State.FOLLOW_UP else None}
    first, hints = _first(dispute), _hints(dispute)
    return [
        offer(dispute, act, actor, icon=icon, extra=extra.get(act), hint=hints.get(act, ""), primary=act == first)
        for act, icon in ICONS.items()
    ]


def panel(dispute: Dispute, actor: Any) -> dict[str, Any] | None:
    """The context of callbacks/panel.html, or None where there is nothing to say."""
    callbacks = [(one, LOOKS[Rating(one.rating)]) for one in dispute.callbacks.select_related("party", "paper")]
    contests, archives = list(dispute.contests.select_related("party")), list(dispute.archives.all())
    lacking = missing(dispute) if dispute.state == State.FOLLOW_UP else []
    if not (callbacks or contests or archives or lacking or dispute.state == State.FOLLOW_UP):
        return None
    return {
        "dispute": dispute, "callbacks": callbacks, "contests": contests, "archives": archives, "lacking": lacking,
        "may_answer": isinstance(actor, User) and dispute.why_not(Act.REOPEN, actor) is None,
        "may_take": isinstance(actor, User),
    }  # fmt: skip


def _first(dispute: Dispute) -> Act | None:
    """The one primary act: close what has ended, do again what was not right, call, then archive."""
    if dispute.state in ENDED:
        return Act.CLOSE
    if dispute.state != State.FOLLOW_UP:
        return None
    last = _last_reached(dispute)
    if last and last.rating == Rating.DISSATISFIED:
        return Act.REOPEN
    return Act.ARCHIVE if why_not_ready(dispute) is None else Act.CALL_BACK


def _hints(dispute: Dispute) -> dict[Act, str]:
    if dispute.state not in (State.FOLLOW_UP, State.ARCHIVED):
        return {}
    last = _last_reached(dispute)
    hints = {}
    if dispute.contests.filter(answered_at=None).exists():
        hints[Act.REOPEN] = _("有当事人提了异议。可以重新办理，也可以答复说明。")
    elif last and last.rating == Rating.DISSATISFIED:
        hints[Act.REOPEN] = _("%(party)s不满意：%(words)s") % {"party": last.party, "words": last.words[:60]}
    return hints


def _last_reached(dispute: Dispute) -> Callback | None:
    since = dispute.closed_at or dispute.registered_at
    return dispute.callbacks.filter(at__gte=since).exclude(rating=Rating.UNREACHED).select_related("party").last()
