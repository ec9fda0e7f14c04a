"""Bringing the draft to a party's own phone: a link, the check of who opens it, a reminder."""

import re
import secrets
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.agreements.evidence import PERSONAL_STATUS, Identity
from fengqiao.agreements.models import LINK_LIVES, Agreement, SigningLink, Slot
from fengqiao.agreements.sheet import absolute
from fengqiao.disputes.commands import note
from fengqiao.disputes.events import SigningLinkMade, SigningReminded
from fengqiao.disputes.lifecycle import Hat
from fengqiao.disputes.models import Dispute, Party, Pass
from fengqiao.disputes.passes import open_with
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.secrets import blind_index, blind_indexes, constant_time_equal

TAIL, PIN = 4, 6  # digits


@transaction.atomic
def make_link(agreement: Agreement, party: Party, *, by: Any) -> str:
    """A fresh address at which this party reads and signs, good for seven days; an earlier one stops working."""
    dispute = Dispute.objects.lock(agreement.dispute_id)
    agreement = dispute.agreements.get(pk=agreement.pk)
    _check_waiting(dispute, agreement, party, by)
    if agreement.paper_only:
        raise Refused(_(PERSONAL_STATUS))
    if not _can_be_asked(party):
        raise Refused(_("这位当事人没留电话，也没有查询码，链接核对不了是谁打开。请在窗口屏幕上签，或者用纸签。"))
    now, token = timezone.now(), secrets.token_urlsafe(18)
    older = list(SigningLink.objects.filter(agreement=agreement, party=party, expires_at__gt=now))
    for one in older:
        one.expires_at = now
        one.save(update_fields=["expires_at"])
    link = SigningLink.objects.create(
        agreement=agreement, party=party, token=token, token_index=blind_index(token, "signing"),
        made_at=now, expires_at=now + LINK_LIVES,
    )  # fmt: skip
    event = SigningLinkMade(
        agreement_id=agreement.pk, link_id=link.pk, party_id=party.pk, party=str(party), days=LINK_LIVES.days
    )
    note(dispute, event, by=by, rows=[link, *older])
    return address_of(link)


@transaction.atomic
def send_reminder(agreement: Agreement, party: Party, *, by: Any) -> Agreement:
    """Ask somebody again to read and sign; whoever sends notices hears of it."""
    dispute = Dispute.objects.lock(agreement.dispute_id)
    agreement = dispute.agreements.get(pk=agreement.pk)
    _check_waiting(dispute, agreement, party, by)
    note(dispute, SigningReminded(agreement_id=agreement.pk, party_id=party.pk, party=str(party)), by=by)
    return agreement


def address_of(link: SigningLink) -> str:
    return absolute(reverse("signing_link", args=[link.token]))


def link_behind(token: str) -> SigningLink | None:
    """The link of this token while it lives, or None."""
    found = SigningLink.objects.filter(token_index__in=blind_indexes(token, "signing"))
    link = found.select_related("agreement__dispute__body", "agreement__committee", "party__dispute").first()
    return link if link and link.is_alive() else None


def open_link(link: SigningLink, *, answer: str) -> Identity:
    """Who opens it answers with the last four digits of the party's telephone, or with the PIN of their slip.

    Refused for a wrong answer; the fifth kills the link. The count stays although the act is refused.
    """
    identity = _try(link, re.sub(r"\D", "", answer))
    if identity is not None:
        return identity
    link.refresh_from_db(fields=["failures"])
    if not link.is_alive():
        raise Refused(_("错的次数太多，这个链接停用了。请打电话给调解员，重新发一个。"))
    raise Refused(_("对不上。请填您留的手机号的后四位，或者登记小票上的六位密码。错五次链接就停用。"))


@transaction.atomic
def _try(link: SigningLink, digits: str) -> Identity | None:
    """One guess at a time: the row is held while the answer is compared and counted."""
    row = SigningLink.objects.select_for_update().get(pk=link.pk)
    identity = _identified(link.party, digits) if row.is_alive() else None
    if identity is None:
        row.failures += 1
        row.save(update_fields=["failures"])
    return identity


def _identified(party: Party, digits: str) -> Identity | None:
    tail = re.sub(r"\D", "", party.phone)[-TAIL:]
    if len(digits) == TAIL:
        return Identity.PHONE_TAIL if len(tail) == TAIL and constant_time_equal(digits, tail) else None
    access = Pass.objects.filter(party=party).first() if len(digits) == PIN else None
    if access is None:
        return None
    try:
        open_with(access.code, digits)
    except Refused:
        return None
    return Identity.PIN


def _can_be_asked(party: Party) -> bool:
    return bool(party.phone) or Pass.objects.filter(party=party).exists()


def _check_waiting(dispute: Dispute, agreement: Agreement, party: Party, by: Any) -> Slot:
    if not {Hat.MEDIATOR, Hat.HANDLER} & dispute.hats_of(by):
        raise Refused(_("只有承办单位和调解员可以请人签名。"))
    slot = agreement.slot_of(party)
    if not agreement.is_out or slot is None:
        raise Refused(_("协议没有在等这位当事人签名。"))
    if slot.signature is not None:
        raise Refused(_("%(name)s已经签了。") % {"name": slot.name})
    return slot
