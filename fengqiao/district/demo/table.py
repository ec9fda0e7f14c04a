"""At the table: what a mediator does in every story, from taking it on to the last signature."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from fengqiao.agreements import commands as agreements
from fengqiao.agreements.content import AgreementContent, Clause, Term
from fengqiao.agreements.evidence import OF_A_PARTY, OF_THE_MEDIATOR, Identity, SigningEvidence
from fengqiao.agreements.models import Agreement, How
from fengqiao.disputes.models import Dispute, Party, Willing
from fengqiao.disputes.passes import PartyActor
from fengqiao.mediation import commands as mediation
from fengqiao.mediation.models import Outcome, Session
from fengqiao.mediation.roster import RecusalCheck
from fengqiao.papers.typeset import typeset
from fengqiao.people.models import User
from fengqiao.routing import commands as routing

from . import drawing
from .telling import Given

Promise = tuple[str, str, int | None, date]  # what, who gives it to whom (">" or "<"), yuan, until when


def taken_on(dispute: Dispute, *, by: User, mediator: User) -> Dispute:
    """Accepted, a mediator named, both sides asked and told of their rights."""
    dispute = routing.accept(dispute, by=by)
    return named(dispute, by=by, mediator=mediator)


def named(dispute: Dispute, *, by: User, mediator: User) -> Dispute:
    """A mediator named, both sides asked and told of their rights."""
    dispute = mediation.assign(dispute, mediator=mediator, recusal=RecusalCheck(), by=by)
    for party in sides(dispute):
        mediation.record_willingness(party, willing=Willing.YES, remark="电话里问的", by=mediator)
    mediation.inform_rights(dispute, told=sides(dispute), how="oral", by=mediator)
    return fresh(dispute)


def planned(dispute: Dispute, at: datetime, place: str) -> Session:
    """A meeting arranged."""
    return mediation.schedule(dispute, at=at, place=place, by=mediator_of(dispute))


def held(
    session: Session,
    minutes: int,
    outcome: Outcome,
    *lines: str,
    facts: Sequence[str] = (),
    words: str = "",
    others: str = "",
) -> None:
    """The meeting took place; a line for each who spoke."""
    dispute = fresh(session.dispute)
    mediation.hold(
        dispute, session=session, present=sides(dispute), minutes=minutes, statements="\n".join(lines), outcome=outcome,
        by=mediator_of(dispute), facts=facts, words=words, others=others,
    )  # fmt: skip


def drafted(
    dispute: Dispute, *, facts: str, clauses: Sequence[tuple[str, str]], promises: Sequence[Promise]
) -> Agreement:
    """The agreement written down: each clause with its plain words, each promise with its day."""
    return agreements.draft(fresh(dispute), content=content(dispute, facts, clauses, promises), by=mediator_of(dispute))


def content(
    dispute: Dispute, facts: str, clauses: Sequence[tuple[str, str]], promises: Sequence[Promise], performed: str = ""
) -> AgreementContent:
    ours, theirs = fresh(dispute).applicants[0], fresh(dispute).respondents[0]
    terms = [
        Term(
            what=what, debtor=theirs if to == ">" else ours, creditor=ours if to == ">" else theirs,
            amount_fen=yuan * 100 if yuan else None, due_on=due, method="银行转账" if yuan else "",
            account="6222 0000 0000 0001 234" if yuan else "",
        )
        for what, to, yuan, due in promises
    ]  # fmt: skip
    return AgreementContent(
        clauses=[Clause(text, plain) for text, plain in clauses],
        terms=terms,
        facts=facts,
        place=dispute.body.name,
        performed=performed,
    )


def circulated(agreement: Agreement) -> Agreement:
    return agreements.circulate(agreement, by=mediator_of(agreement.dispute))


def signed(
    agreement: Agreement, signer: Party | User, how: How = How.PHONE, drawn: tuple[bytes, Any] | None = None
) -> Agreement:
    """On one's own telephone; the mediator at the desk. `drawn` is a handwriting that is there already."""
    agreement = Agreement.objects.get(pk=agreement.pk)
    is_party = isinstance(signer, Party)
    picture, strokes = drawn or drawing.signature(signer.name)
    evidence = SigningEvidence(
        how=how if is_party else How.DESK, digest=agreement.text_sha256, image=picture, strokes=strokes,
        statements=OF_A_PARTY if is_party else OF_THE_MEDIATOR,
        read_clauses=range(1, len(agreement.clauses) + 1) if is_party else (),
        identity=Identity.PHONE_TAIL if is_party else Identity.SIGNED_IN,
    )  # fmt: skip
    by = PartyActor(signer) if isinstance(signer, Party) else signer
    return agreements.sign(agreement, signer=signer, evidence=evidence, by=by)


def signed_by_all(agreement: Agreement) -> Agreement:
    for slot in agreement.slots:
        agreement = signed(agreement, slot.signer)
    return agreement


def receipt(who: str, to: str, yuan: int, on: date) -> Given:
    """A slip of the bank, as somebody hands it in."""
    slip = {
        "title": "转账回单（示例）", "who": who, "to": to, "amount": f"{yuan:,}.00", "done_at": on, "how": "网上银行转账",
        "duty": "按调解协议付款", "demo": True,
    }  # fmt: skip
    return Given("转账回单.pdf", typeset("performance_proof", slip))


def sides(dispute: Dispute) -> list[Party]:
    """Everybody on both sides."""
    dispute = fresh(dispute)
    return [*dispute.applicants, *dispute.respondents]


def acting(party: Party) -> PartyActor:
    """The party with their code and PIN."""
    return PartyActor(party)


def mediator_of(dispute: Dispute) -> User:
    mediator = fresh(dispute).mediator
    if mediator is None:
        raise LookupError(f"{dispute}: a story lets a mediator act who was not named")
    return mediator


def fresh(dispute: Dispute) -> Dispute:
    return Dispute.objects.select_related("body", "mediator__home_body__region", "mediator__station_body__region").get(
        pk=dispute.pk
    )
