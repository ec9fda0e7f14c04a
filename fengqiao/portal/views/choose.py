"""点单: residents look through the roster, pick up to three, and say so for their dispute; the other side accepts or not."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.disputes.passes import PartyActor
from fengqiao.kernel.errors import Refused
from fengqiao.mediation.choosing import MOST_PICKS, Wished
from fengqiao.mediation.commands import answer_pick, pick
from fengqiao.mediation.readiness import why_not_pick
from fengqiao.papers.portraits import portrait
from fengqiao.people.models import RosterEntry
from fengqiao.portal import choosing
from fengqiao.portal.act_forms import AnswerPickForm, PickForm
from fengqiao.web.actors import for_parties, party_of
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

from .my import here

PER_PAGE = 12
TEMPLATE = "portal/my_mediator.html"


@require_safe
@login_not_required
@never_cache
@acting
def mediators(request: HttpRequest) -> HttpResponse:
    """Those on the roster who agreed to be shown."""
    search, chosen = choosing.Search(request.GET), choosing.picked(request)
    found = search.found([one.pk for one in chosen])
    sheet = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request, "portal/mediators.html", search=search, sheet=sheet, total=len(found), **_basket(request, chosen)
    )


@require_safe
@login_not_required
@never_cache
@acting
def mediator(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; never a telephone, never a fee."""
    found, chosen = _shown(pk), choosing.picked(request)
    person = choosing.in_words([found], [one.pk for one in chosen])[0]
    return page(request, "portal/mediator.html", one=person, **_basket(request, chosen))


@require_safe
@login_not_required
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo of somebody who is shown."""
    return picture(_shown(pk))


@require_POST
@login_not_required
@acting
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """选他: kept in this browser until it is said for a dispute."""
    if not choosing.add(request, _shown(pk)):
        raise Refused(_("最多点选 %(n)d 位，请先去掉一位。") % {"n": MOST_PICKS})
    return redirect("mediators")


@require_POST
@login_not_required
@acting
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    choosing.drop(request, pk)
    return redirect("mediators")


@for_parties
@never_cache
@acting
@idempotent_form
def my_mediator(request: HttpRequest) -> HttpResponse:
    """Whom I would like; what became of it; whom the other side would like."""
    actor, dispute = here(request)
    form = PickForm(posted(request))
    if form.is_valid():
        with refusing(form):
            return _picked(request, actor, dispute, form)
    return page(request, TEMPLATE, form=form, **_choice(request, actor, dispute))


@require_POST
@for_parties
@acting
@idempotent_form
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """接受不接受对方点选的."""
    actor, dispute = here(request)
    wish = get_object_or_404(_of_others(actor, dispute), pk=pk)
    form = AnswerPickForm(request.POST)
    if not form.is_valid():
        raise Refused(_("请选可以还是不接受。"))
    answer_pick(wish, accepts=form.cleaned_data["accepts"] == "yes", remark=form.cleaned_data["remark"], by=actor)
    return page(request, TEMPLATE, then=reverse("my_mediator"), said=_("记下了，谢谢您"))


@require_safe
@login_not_required
@acting
def card(request: HttpRequest, token: str) -> HttpResponse:
    """What the QR of a work card says: name, photo, kind, body, and whether it holds. Nothing else."""
    found = _carded(token)
    return page(request, "portal/card.html", status=200 if found else 404, entry=found, token=token)


@require_safe
@login_not_required
def card_photo(request: HttpRequest, token: str) -> HttpResponse:
    """The photo on the card."""
    found = _carded(token)
    if found is None:
        raise Http404
    return picture(found)


def picture(entry: RosterEntry) -> HttpResponse:
    data = portrait(entry.photo)
    if data is None:
        raise Http404
    answer = HttpResponse(data, content_type="image/png")
    answer["Cache-Control"] = "private, max-age=300"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def may_answer(dispute: Dispute) -> bool:
    """The other side is asked once a body has taken the dispute."""
    return dispute.state == State.ACCEPTED


def _choice(request: HttpRequest, actor: PartyActor, dispute: Dispute) -> dict[str, Any]:
    wishes = list(
        dispute.wishes.filter(party=actor.party).exclude(status=Wished.REPLACED).select_related("entry__body")
    )
    others = [(wish, AnswerPickForm(initial=_said(wish, actor))) for wish in _of_others(actor, dispute)]
    return {
        "dispute": dispute, "here": "my", "wishes": wishes, "waits": any(wish.is_open for wish in wishes), "others": others, "picked": choosing.picked(request),
        "why_not": why_not_pick(dispute, actor),
    }  # fmt: skip


def _picked(request: HttpRequest, actor: PartyActor, dispute: Dispute, form: PickForm) -> HttpResponse:
    """The choice of this browser, or none at all where that is what was pressed: a lost session takes nothing back."""
    entries = [] if "none" in request.POST else choosing.picked(request)
    if not entries and "none" not in request.POST:
        raise Refused(_("还没有挑。请先到名册里点选一位。"))
    pick(dispute, entries=entries, by=actor, seen=form.version)
    choosing.forget(request)
    said = _("记下了，承办单位会先看您点选的") if entries else _("记下了，由承办单位安排")
    return page(request, TEMPLATE, then=reverse("my_mediator"), said=said)


def _said(wish: Any, actor: PartyActor) -> dict[str, str]:
    own = next((one for one in wish.answers.all() if one.party_id == actor.party.pk), None)
    return {"accepts": "yes" if own.accepts else "no", "remark": own.remark} if own else {}


def _of_others(actor: PartyActor, dispute: Dispute) -> Any:
    if not may_answer(dispute):
        return dispute.wishes.none()
    return dispute.wishes.open().exclude(party=actor.party)


def _basket(request: HttpRequest, chosen: list[RosterEntry]) -> dict[str, Any]:
    actor = party_of(request)
    mine = actor is not None and why_not_pick(actor.party.dispute, actor) is None
    return {"picked": chosen, "mine": mine, "most": MOST_PICKS, "here": "mediators"}


def _shown(pk: int) -> RosterEntry:
    return get_object_or_404(RosterEntry.objects.shown().select_related("body", "user"), pk=pk)


def _carded(token: str) -> RosterEntry | None:
    """By the token in the QR; who was never given a number has no card."""
    return RosterEntry.objects.select_related("body").filter(card_token=token, certificate__isnull=False).first()
