"""What agreements show on the page of a dispute: their acts, and the card that says which draft it is and who has signed."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fengqiao.disputes.lifecycle import Act, Hat, State
from fengqiao.disputes.models import Dispute
from fengqiao.disputes.passes import PartyActor
from fengqiao.people.models import User
from fengqiao.web.acts import Offer, offer

from .commands.oral import better_in_writing
from .content import read
from .models import Agreement, Slot, Status, drafts_of
from .review import faults

BEGUN = {State.MEDIATING, State.SIGNING}


def offers(dispute: Dispute, actor: Any) -> list[Offer]:
    """The acts on an agreement in the order of use; for a party, to sign or to refuse."""
    if isinstance(actor, PartyActor):
        return _for_a_party(dispute, actor)
    if not isinstance(actor, User):
        return []
    found = _open(dispute)
    ready, lacking = _readiness(found)
    slot = found.slot_of(actor) if found and found.is_out else None
    hint = "；".join(better_in_writing(dispute))
    return [
        offer(dispute, Act.CIRCULATE, actor, icon="pencil", view_name="draft_agreement", primary=not ready,
              label=_("接着拟协议") if found and not found.is_out else _("拟协议")),
        offer(dispute, Act.CIRCULATE, actor, icon="send", extra=lacking, primary=ready),
        offer(dispute, Act.SIGN, actor, icon="writing-sign", extra=_signed(slot), primary=_is_waiting(slot)),
        offer(dispute, Act.REVISE, actor, icon="arrow-back-up"),
        offer(dispute, Act.AGREE_ORALLY, actor, icon="message-circle",
              hint=_("%(why)s，最好写成协议书。") % {"why": hint} if hint else ""),
    ]  # fmt: skip


def panel(dispute: Dispute, actor: Any) -> dict[str, Any] | None:
    """The context of agreements/panel.html; None before anybody talks about an agreement."""
    found = _newest(dispute, actor)
    is_staff = isinstance(actor, User)
    if found is None and not (is_staff and dispute.state in BEGUN):
        return None
    may = Hat.MEDIATOR in dispute.hats_of(actor) and dispute.state == State.MEDIATING
    url = reverse("agreement", args=[dispute.number]) if is_staff else reverse("my_agreement")
    return {"dispute": dispute, "agreement": found, "can_draft": may, "panel_url": url}


def _for_a_party(dispute: Dispute, actor: PartyActor) -> list[Offer]:
    found = _open(dispute)
    slot = found.slot_of(actor.party) if found and found.is_out else None
    if slot is None:
        return []
    url, already = reverse("my_agreement"), _signed(slot)
    sign_reason, refuse_reason = (dispute.why_not(act, actor) for act in (Act.SIGN, Act.REFUSE))
    return [
        Offer(Act.SIGN, _("看协议，签名"), url, "writing-sign", sign_reason or already, primary=not already),
        Offer(Act.REFUSE, _("不签"), f"{url}?refuse=0", "x", refuse_reason or already),
    ]


def _open(dispute: Dispute) -> Agreement | None:
    return next((one for one in drafts_of(dispute) if one.is_open), None)


def _newest(dispute: Dispute, actor: Any) -> Agreement | None:
    is_staff = isinstance(actor, User)
    return next((one for one in reversed(drafts_of(dispute)) if is_staff or one.status != Status.DRAFT), None)


def _readiness(found: Agreement | None) -> tuple[bool, str | None]:
    """Whether the draft can go out, and the reason beyond the lifecycle's own why not."""
    if found is None:
        return False, _("还没有拟协议，请先拟一稿。")
    if found.is_out:
        return False, None
    wrong = faults(read(found), found.dispute)
    return not wrong, "".join(wrong) or None


def _signed(slot: Slot | None) -> str | None:
    return _("您已经签了。") if slot and slot.signature else None


def _is_waiting(slot: Slot | None) -> bool:
    return slot is not None and slot.signature is None
