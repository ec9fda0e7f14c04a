"""What somebody can do about a dispute: every stage offers its acts in this one form, possible or not, with the reason."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute


@dataclass(frozen=True)
class Offer:
    """One act as a button or, where it cannot be done, as a sentence that says why."""

    act: Act
    label: str
    url: str
    icon: str
    reason: str | None = None  # why not; None: it can be done
    hint: str = ""  # what to know before doing it
    primary: bool = False

    @property
    def is_possible(self) -> bool:
        return self.reason is None


def offer(
    dispute: Dispute,
    act: Act,
    actor: Any,
    *,
    icon: str = "point",
    view_name: str | None = None,
    extra: str | None = None,
    hint: str = "",
    primary: bool = False,
    label: str = "",
) -> Offer:
    """The offer of this act at /desk/disputes/<number>/<act>/. `extra` is a reason beyond the lifecycle's own."""
    return Offer(
        act=act, label=label or str(act.label), url=reverse(view_name or act.value, args=[dispute.number]), icon=icon,
        reason=dispute.why_not(act, actor) or extra, hint=hint, primary=primary,
    )  # fmt: skip
