"""我的事: the page of one dispute as one party sees it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fengqiao.disputes.commands import give_pass
from fengqiao.disputes.lifecycle import Act, State
from fengqiao.disputes.models import Dispute, Party, PartyRole, Willing
from fengqiao.disputes.passes import PartyActor
from fengqiao.intake import slips
from fengqiao.intake.own_data.looks import looks_at
from fengqiao.kernel.money import yuan
from fengqiao.mediation.choosing import Wished
from fengqiao.mediation.readiness import why_not_pick
from fengqiao.papers.models import Paper
from fengqiao.portal.keeping import let_go
from fengqiao.portal.notes import Affair, affair_of, notes_of
from fengqiao.portal.plain import deadline_of, next_of
from fengqiao.portal.turns import claims_for, debts_of, may, turn_of
from fengqiao.portal.way import in_all, steps_of
from fengqiao.web.actors import KEY, for_parties, leave
from fengqiao.web.http import acting, page
from fengqiao.web.once import idempotent_form


def here(request: HttpRequest) -> tuple[PartyActor, Dispute]:
    """Who came, and their dispute; behind `@for_parties` only."""
    actor: PartyActor = request.party_actor  # type: ignore[attr-defined]
    return actor, Dispute.objects.with_names().select_related("first_body").get(pk=actor.party.dispute_id)


@require_GET
@for_parties
@never_cache
@acting
def my(request: HttpRequest) -> HttpResponse:
    """Whose turn, how far, who, until when, what next: on one page."""
    actor, dispute = here(request)
    affair = affair_of(dispute, actor.party)
    return page(request, "portal/my.html", here="my", **_cards(request, actor, affair))


@require_GET
@for_parties
@never_cache
@acting
def looks(request: HttpRequest) -> HttpResponse:
    """谁看过: each look at what is covered, with office, post and time."""
    actor, dispute = here(request)
    return page(
        request, "portal/looks.html", here="my", dispute=dispute, looks=looks_at(dispute, actor.party, most=100)
    )


@require_POST
@for_parties
@acting
def go_out(request: HttpRequest) -> HttpResponse:
    """Close it in this browser, as on a machine that others use too."""
    leave(request)
    let_go(request)
    request.session.cycle_key()
    return redirect("home")


@for_parties
@never_cache
@acting
@idempotent_form
def new_code(request: HttpRequest) -> HttpResponse:
    """换一个新码: the old code, PIN and QR stop working at once."""
    actor, dispute = here(request)
    if request.method != "POST":
        return page(request, "portal/new_code.html", here="my", dispute=dispute)
    issued = give_pass(actor.party, by=actor)
    request.session[KEY] = issued.access.pk  # the same person in the same browser: their session goes on
    slips.hand_over(request, issued)
    return redirect("code")


def _cards(request: HttpRequest, actor: PartyActor, affair: Affair) -> dict[str, Any]:
    dispute, party = affair.dispute, affair.party
    return {
        "dispute": dispute,
        "party": party,
        "is_applicant": party.role == PartyRole.APPLICANT,
        "turn": turn_of(affair),
        "steps": steps_of(dispute, notes_of(affair)),
        "in_all": in_all(dispute),
        "session": affair.next_session,
        "office": _office_phone(dispute),
        "deadline": deadline_of(affair.clock),
        "next": next_of(dispute),
        "duties": _duties(affair),
        "papers": list(Paper.objects.visible_to(actor)),
        "objections": list(dispute.contests.filter(party=party)),
        "looks": looks_at(dispute, party, most=3),
        "follow_url": slips.slip_of(request, dispute, party.access).follow_url,
        "wishes": list(dispute.wishes.filter(party=party).exclude(status=Wished.REPLACED).select_related("entry")),
        "asked": may_answer_others(dispute, party),
        "may": {
            "pick": why_not_pick(dispute, actor) is None,
            "withdraw": party.role == PartyRole.APPLICANT and may(affair, Act.WITHDRAW),
            "object": may(affair, Act.CONTEST),
            "rethink": _has_answered(party) and may(affair, Act.CONSENT),
            "add": not dispute.is_closed,
        },
    }  # fmt: skip


def may_answer_others(dispute: Dispute, party: Party) -> bool:
    """Whether somebody else's pick waits for this party's word: once a body has taken the dispute."""
    if dispute.state != State.ACCEPTED:
        return False
    return dispute.wishes.open().exclude(party=party).exclude(answers__party=party).exists()


def _duties(affair: Affair) -> list[dict[str, Any]]:
    """What the agreement says that each is to do, and what this party may say to it."""
    debts, claims = {one.pk for one in debts_of(affair)}, {one.obligation_id: one for one in claims_for(affair)}
    allowed = may(affair, Act.PERFORM)
    return [
        {
            "duty": one,
            "amount": yuan(one.amount_fen) if one.amount_fen else "",
            "is_mine": one.debtor_id == affair.party.pk,
            "is_said": any(done.is_claim for done in one.performances.all()),
            "say_done": one.pk in debts,
            "say_got": allowed and one.is_open and one.creditor_id == affair.party.pk and one.pk not in claims,
            "claim": claims.get(one.pk) if allowed else None,
        }
        for one in affair.obligations
    ]  # fmt: skip


def _office_phone(dispute: Dispute) -> str:
    """Of the mediator's committee, else of the body that has it; never a person's own number."""
    committee = dispute.mediator.body if dispute.mediator else None
    return (committee.phone if committee else "") or dispute.body.phone


def _has_answered(party: Party) -> bool:
    return party.role == PartyRole.RESPONDENT and party.willing != Willing.UNKNOWN


def back() -> str:
    return reverse("my")
