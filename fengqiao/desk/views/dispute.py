"""The page of one dispute, and what hangs on it: the proof of its record, the print view, a paper to add."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengqiao.desk.emptiness import knowing_what_is_empty
from fengqiao.desk.forms import PaperForm
from fengqiao.desk.ladder import ladder_of
from fengqiao.desk.proof import proof_of
from fengqiao.desk.sight import clock_of, dispute_for, row_of, worked_on_by
from fengqiao.desk.stages import cards_for, offers_for, read_on_arrival
from fengqiao.desk.story import entries_of, story_of
from fengqiao.desk.turn_bar import turn_bar_of
from fengqiao.disputes.models import Dispute
from fengqiao.kernel import masking
from fengqiao.kernel.secrets import Unreadable
from fengqiao.ledger.models import Entry
from fengqiao.papers.commands import add_upload
from fengqiao.papers.models import Paper
from fengqiao.routing.tiers.showing import ladder_of as tiers_of
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusing, sent_files
from fengqiao.web.once import idempotent_form


@require_GET
@acting
def dispute(request: HttpRequest, number: str) -> HttpResponse:
    """Whose turn, where it stands, what happened, what I can do. Where somebody wrote over it, the proof that says so."""
    try:
        found = knowing_what_is_empty(dispute_for(staff(request), number))
    except Unreadable:
        return redirect("dispute_verify", number)
    return page(request, "desk/dispute.html", **_whole(request, found))


@require_GET
@acting
def printed(request: HttpRequest, number: str) -> HttpResponse:
    """The same for paper: the whole story, no buttons, still masked."""
    found = dispute_for(staff(request), number)
    story = story_of(found, entries_of(found), "all")
    clock = clock_of(found)
    return page(
        request, "desk/printed.html", dispute=found, story=story, turn=turn_bar_of(found, staff(request), clock),
        papers=_papers(request, found),
    )  # fmt: skip


@require_GET
@acting
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """Prove the record of this dispute now."""
    found = row_of(staff(request), number)
    return page(request, "desk/verify.html", dispute=found, proof=proof_of(found))


@acting
@idempotent_form
def add_paper(request: HttpRequest, number: str) -> HttpResponse:
    """Put a photo or a PDF into the file."""
    found = worked_on_by(staff(request), number)
    form = PaperForm(posted(request), sent_files(request), dispute=found)
    if form.is_valid():
        with refusing(form):
            add_upload(found, **form.facts, by=staff(request))
            then = f"{reverse('dispute', args=[found.number])}#papers"
            return page(request, "desk/add_paper.html", then=then, said=_("材料加好了。"))
    return page(request, "desk/add_paper.html", dispute=found, form=form)


def _whole(request: HttpRequest, found: Dispute) -> dict[str, Any]:
    reader, entries, clock = staff(request), entries_of(found), clock_of(found)
    return {
        "dispute": found,
        "turn": turn_bar_of(found, reader, clock),
        "ladder": ladder_of(found, entries),
        "tiers": tiers_of(found),
        "story": story_of(found, entries, request.GET.get("story", "")),
        "papers": _papers(request, found),
        "amount": None if found.amount_fen is None else Decimal(found.amount_fen) / 100,
        "address": masking.address(found.address) if found.address else "",
        "looks": Entry.objects.of("look", found.pk).count(),
        "offers": offers_for(found, reader),
        "cards": cards_for(found, reader),
        "arrived": read_on_arrival(found, reader),
        "hats": [hat.label for hat in sorted(found.hats_of(reader))],
        "may_add": reader.works_cases and not found.is_closed,
    }


def _papers(request: HttpRequest, found: Dispute) -> list[Paper]:
    return list(found.papers.visible_to(staff(request)).select_related("party"))
