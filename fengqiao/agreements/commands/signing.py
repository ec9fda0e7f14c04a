"""Signing, on the phone, on the desk's screen or on paper, and refusing to. The last signature concludes."""

import base64
import json
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.agreements.content import cast_of, digest_of
from fengqiao.agreements.evidence import (
    OF_A_PARTY,
    OF_THE_MEDIATOR,
    PERSONAL_STATUS,
    Identity,
    SigningEvidence,
    checked_picture,
    checked_strokes,
)
from fengqiao.agreements.models import Agreement, How, Signature, SigningLink, Slot
from fengqiao.disputes.commands import advance
from fengqiao.disputes.events import AgreementSigned, SigningRefused
from fengqiao.disputes.lifecycle import Act, Hat
from fengqiao.disputes.models import Dispute, Party
from fengqiao.disputes.passes import PartyActor
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.kernel.secrets import blind_index
from fengqiao.papers.commands import Upload, add_upload
from fengqiao.papers.models import PaperKind
from fengqiao.people.models import User

from .conclusion import conclude
from .drafting import withdraw


@transaction.atomic
def sign(
    agreement: Agreement, *, signer: Party | User, evidence: SigningEvidence, by: Any, seen: int | None = None
) -> Agreement:
    """One signer signs the frozen words, in any order; signing again changes nothing. 人民调解法 29; 电子签名法 13.

    `by` is the signer, or the mediator who hands over the desk's screen. The last needed signature concludes.
    """
    dispute = Dispute.objects.lock(agreement.dispute_id)
    agreement = dispute.agreements.get(pk=agreement.pk)
    slot = agreement.slot_of(signer)
    if slot is not None and slot.signature is not None:
        return agreement
    if seen is not None and seen != dispute.version:
        dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    _check_may_sign(dispute, agreement, slot, evidence, by)
    now = timezone.now()
    signature = _keep(agreement, signer, evidence, by, now)
    _tell(dispute, agreement, signature, by)
    return _conclude_if_complete(dispute, agreement, now)


@transaction.atomic
def sign_on_paper(
    agreement: Agreement, *, scan: Upload, signed_on: date, by: Any, seen: int | None = None
) -> Agreement:
    """The paper that everybody signed by hand, scanned: a signature for each who has not signed yet, and so the end."""
    dispute = Dispute.objects.lock(agreement.dispute_id, seen=seen)
    agreement = dispute.agreements.get(pk=agreement.pk)
    _check_paper(dispute, agreement, signed_on, by)
    title = _("人民调解协议书（第 %(n)d 稿，签字扫描件）") % {"n": agreement.draft}
    agreement.scan = add_upload(dispute, scan, kind=PaperKind.AGREEMENT, title=title, by=by)
    agreement.save()
    for slot in agreement.missing:
        _tell(dispute, agreement, _keep_paper(agreement, slot, signed_on, by), by)
    return _conclude_if_complete(dispute, agreement, _moment_of(signed_on))


@transaction.atomic
def refuse(agreement: Agreement, *, reason: str, by: PartyActor, seen: int | None = None) -> Agreement:
    """A party does not sign: back to the table, with their words kept. 人民调解法 23; 人民法院在线调解规则 25."""
    dispute = Dispute.objects.lock(agreement.dispute_id, seen=seen)
    agreement = dispute.agreements.get(pk=agreement.pk)
    if why := dispute.why_not(Act.REFUSE, by):
        raise Refused(why)
    if not agreement.is_out:
        raise Refused(_("这一稿已经收回，不用再表态。"))
    if not reason.strip():
        raise Refused(_("请写一句为什么不签，调解员好接着帮您谈。"))
    withdraw(agreement, reason.strip(), by)
    event = SigningRefused(agreement_id=agreement.pk, signer=str(by), remark=agreement.ended_why)
    advance(dispute, Act.REFUSE, by=by, event=event, rows=[agreement])
    return agreement


def _check_may_sign(
    dispute: Dispute, agreement: Agreement, slot: Slot | None, evidence: SigningEvidence, by: Any
) -> None:
    if reason := dispute.why_not(Act.SIGN, by):
        raise Refused(reason)
    if not agreement.is_out:
        raise Refused(_("这一稿已经收回，不能再签。请打开最新的一稿。"))
    if slot is None:
        raise Refused(_("协议上没有这个人的签名处。"))
    if agreement.paper_only:
        raise Refused(_(PERSONAL_STATUS))
    if evidence.how == How.PAPER:
        raise Refused(_("纸上签的，请上传签好的扫描件。"))
    if not _is_theirs(dispute, slot, evidence, by):
        raise Refused(_("签名要本人来签，不能替别人签。在这台屏幕上签的，由调解员当面核对证件后递给本人。"))
    _check_frozen(dispute, agreement, evidence.digest)
    _check_understood(agreement, slot, evidence)


def _is_theirs(dispute: Dispute, slot: Slot, evidence: SigningEvidence, by: Any) -> bool:
    """Whether the signer acts in person, or under the mediator's eyes on the desk's screen."""
    if slot.party is None:
        return bool(by == slot.signer)
    if isinstance(by, PartyActor):
        return by.party == slot.party
    in_person = evidence.how == How.DESK and evidence.identity == Identity.IN_PERSON
    return in_person and Hat.MEDIATOR in dispute.hats_of(by)


def _check_frozen(dispute: Dispute, agreement: Agreement, digest: str) -> None:
    if digest != agreement.text_sha256:
        raise Stale(_("协议改过了，您看的不是现在这一稿。请从头再看一遍。"))
    if digest_of(agreement) != agreement.text_sha256:
        raise Refused(_("协议的文字和发出时不一样，不能签。请调解员收回重发。"))
    if _as_people(cast_of(dispute)) != _as_people(agreement.cast):
        raise Refused(_("当事人的信息在发出以后改过，不能签。请调解员收回重发。"))


def _check_understood(agreement: Agreement, slot: Slot, evidence: SigningEvidence) -> None:
    wanted = OF_A_PARTY if slot.party else OF_THE_MEDIATOR
    if missing := [statement for statement in wanted if statement not in evidence.statements]:
        raise Refused(_("签之前，请先确认：%(words)s。") % {"words": "；".join(str(one.label) for one in missing)})
    unread = set(range(1, len(agreement.clauses) + 1)) - set(evidence.read_clauses)
    if slot.party and unread:
        raise Refused(_("还有 %(n)d 条没看，请看完再签。") % {"n": len(unread)})


def _as_people(cast: dict[str, Any]) -> Any:
    """Without ages, which change by themselves."""
    return [{**line, "age": ""} for line in cast["parties"]], cast["mediator"]


def _keep(agreement: Agreement, signer: Party | User, evidence: SigningEvidence, by: Any, now: datetime) -> Signature:
    signature = Signature.objects.create(
        agreement=agreement, **_whose(signer), how=evidence.how, digest=agreement.text_sha256,
        image=base64.b64encode(checked_picture(evidence.image)).decode(),
        strokes=json.dumps(checked_strokes(evidence.strokes), separators=(",", ":")),
        statements=sorted(evidence.statements), read_clauses=sorted(evidence.read_clauses),
        identity=evidence.identity, at=now, signed_on=timezone.localdate(now), recorded_by=by.ledger_id,
        ip_hash=blind_index(evidence.ip, "ip") if evidence.ip else "", user_agent=evidence.user_agent[:200],
    )  # fmt: skip
    if isinstance(signer, Party):
        SigningLink.objects.filter(agreement=agreement, party=signer, used_at=None).update(used_at=now)
    return signature


def _keep_paper(agreement: Agreement, slot: Slot, signed_on: date, by: Any) -> Signature:
    return Signature.objects.create(
        agreement=agreement, **_whose(slot.signer), how=How.PAPER, digest=agreement.text_sha256, scan=agreement.scan,
        identity=Identity.IN_PERSON, at=timezone.now(), signed_on=signed_on, recorded_by=by.ledger_id,
    )  # fmt: skip


def _whose(signer: Party | User) -> dict[str, Any]:
    return {"party": signer} if isinstance(signer, Party) else {"user": signer}


def _check_paper(dispute: Dispute, agreement: Agreement, signed_on: date, by: Any) -> None:
    if reason := dispute.why_not(Act.SIGN, by):
        raise Refused(reason)
    if Hat.MEDIATOR not in dispute.hats_of(by):
        raise Refused(_("签好的扫描件由调解员上传。"))
    if not agreement.is_out:
        raise Refused(_("这一稿已经收回，不能再签。请打开最新的一稿。"))
    if signed_on > timezone.localdate():
        raise Refused(_("签名的日期还没到，请核对。"))
    if agreement.circulated_at and signed_on < timezone.localdate(agreement.circulated_at):
        raise Refused(_("签名的日期早于协议发出的日期，请核对。"))


def _tell(dispute: Dispute, agreement: Agreement, signature: Signature, by: Any) -> None:
    event = AgreementSigned(
        agreement_id=agreement.pk, signature_id=signature.pk, signer=str(signature.signer), how=str(signature.get_how_display()),
        signed=agreement.signatures.count(), needed=agreement.needed,
    )  # fmt: skip
    advance(dispute, Act.SIGN, by=by, event=event, rows=[signature, agreement])


def _conclude_if_complete(dispute: Dispute, agreement: Agreement, at: datetime) -> Agreement:
    agreement = dispute.agreements.get(pk=agreement.pk)
    if not agreement.missing:
        conclude(dispute, agreement, at=at)
    return agreement


def _moment_of(signed_on: date) -> datetime:
    """When a paper that was signed on that day took effect: now, or the end of that day."""
    end = timezone.make_aware(datetime.combine(signed_on, time(23, 59, 59)))
    return min(timezone.now(), end)
