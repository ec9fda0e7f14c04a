"""A dispute that has come to the table, its mediator, an agreement ready to sign, and a hand that signs it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from fengqiao.agreements import commands
from fengqiao.agreements.content import AgreementContent, Clause, Term
from fengqiao.agreements.evidence import OF_A_PARTY, OF_THE_MEDIATOR, Identity, SigningEvidence
from fengqiao.agreements.models import Agreement, How
from fengqiao.disputes.commands import advance
from fengqiao.disputes.events import Accepted, Assigned
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute, Party, PartyRole
from fengqiao.disputes.passes import PartyActor
from fengqiao.people.models import Role, User
from tests.papers.paper_data import handwriting
from tests.world import a_committee, a_party, a_registered_dispute, a_user

SIGNATURE = handwriting(200, 80)
STROKES = [{"penColor": "#1a2c5b", "points": [{"x": n * 4, "y": n % 9, "time": n, "pressure": 0.5} for n in range(40)]}]


def in_days(n: int) -> date:
    return timezone.localdate() + timedelta(days=n)


def shen(**kw):
    return a_party(name="沈玉兰", sex="女", born_on=date(1959, 2, 3), **{"phone": "13905722045", **kw})


def zhou(**kw):
    return a_party(PartyRole.RESPONDENT, name="周建国", sex="男", **{"phone": "13757200316", **kw})


def at_the_table(body=None, mediator=None, **kw) -> Dispute:
    """A dispute under mediation, brought there by the core's own steps."""
    body = body or a_committee()
    head = a_user(body, Role.MANAGER)
    mediator = mediator or a_user(body, Role.MEDIATOR, name="钱志平")
    dispute = a_registered_dispute(body, head, parties=kw.pop("parties", None) or [shen(), zhou()], **kw)
    with transaction.atomic():
        dispute = Dispute.objects.lock(dispute.pk)
        advance(dispute, Act.ACCEPT, by=head, event=Accepted(body=body.name, body_id=body.pk))
        event = Assigned(mediator=str(mediator), mediator_id=mediator.pk, recusal="无")
        advance(dispute, Act.ASSIGN, by=head, event=event, mediator=mediator)
    return Dispute.objects.get(pk=dispute.pk)


def water_leak(dispute: Dispute, **kw) -> AgreementContent:
    """Two instalments and a repair, as in the mockup."""
    ours, theirs = dispute.applicants[0], dispute.respondents[0]
    pays = {"debtor": theirs, "creditor": ours, "method": "银行转账", "account": "6222 0212 0500 1234 567"}
    content = {
        "facts": "2026年10月，乙方301室卫生间地漏处渗水，致甲方201室次卧天花、墙面及衣柜受损。",
        "clauses": [
            Clause("双方确认：甲方所受损失由乙方301室卫生间地漏渗水造成，由乙方承担。", "渗水是 301 室地漏引起的。"),
            Clause("乙方赔偿甲方共计人民币捌仟陆佰元整（¥8,600.00），分两期付清。", "乙方赔甲方 8,600 元，分两次。"),
            Clause("乙方于约定日期前完成301室卫生间防水层重做，费用由乙方承担。", "乙方按时把卫生间防水重新做好。"),
        ],
        "terms": [
            Term(what="赔偿款第一期", amount_fen=460000, due_on=in_days(10), **pays),
            Term(what="赔偿款第二期", amount_fen=400000, due_on=in_days(40), **pays),
            Term(what="重做301室卫生间防水层", debtor=theirs, creditor=ours, due_on=in_days(19)),
        ],
        "manner": "银行转账，期限见第二条；修复期限见第三条。",
    }
    return AgreementContent(**{**content, **kw})


def a_draft(dispute: Dispute | None = None, **kw) -> Agreement:
    dispute = dispute or at_the_table()
    return commands.draft(dispute, content=water_leak(dispute, **kw), by=dispute.mediator)


def out_for_signing(dispute: Dispute | None = None, **kw) -> Agreement:
    agreement = a_draft(dispute, **kw)
    return commands.circulate(agreement, by=agreement.dispute.mediator)


def party_of(agreement: Agreement, role=PartyRole.APPLICANT) -> Party:
    return agreement.dispute.parties.filter(role=role).first()


def evidence(agreement: Agreement, signer: Party | User, **kw) -> SigningEvidence:
    told = OF_A_PARTY if isinstance(signer, Party) else OF_THE_MEDIATOR
    kept = {
        "how": How.PHONE, "digest": agreement.text_sha256, "image": SIGNATURE, "strokes": STROKES, "statements": told,
        "read_clauses": range(1, len(agreement.clauses) + 1), "identity": Identity.PHONE_TAIL, "ip": "192.0.2.7",
        "user_agent": "a phone",
    }  # fmt: skip
    return SigningEvidence(**{**kept, **kw})


def signed_by(agreement: Agreement, signer: Party | User, **kw) -> Agreement:
    by = PartyActor(signer) if isinstance(signer, Party) else signer
    return commands.sign(agreement, signer=signer, evidence=evidence(agreement, signer, **kw), by=by)


def signed_by_all(agreement: Agreement | None = None) -> Agreement:
    agreement = agreement or out_for_signing()
    for slot in agreement.slots:
        agreement = signed_by(agreement, slot.signer)
    return agreement
