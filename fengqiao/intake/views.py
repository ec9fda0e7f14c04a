"""The pages of intake: registering at the window, earlier matters beside it, places as one types, the slip."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from fengqiao.bodies.models import Window
from fengqiao.disputes.clocks import due_at
from fengqiao.disputes.commands import give_pass
from fengqiao.disputes.limits import limit_for
from fengqiao.disputes.models import Dispute, Party
from fengqiao.kernel.codes import check_id_number, check_phone
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.papers.typeset import typeset
from fengqiao.people.models import User
from fengqiao.web.http import acting, page, posted, refusal, refusing
from fengqiao.web.once import idempotent_form

from . import slips
from .commands import receive, record_visit
from .drafts import LONGEST_FACTS, ReceptionDraft
from .fields import names_in
from .finding import LONGEST_QUERY, Option, address_options, options_for, options_with_addresses, place_chosen
from .forms import RegisterForm
from .hints import hints_for, sound
from .matching import Hit, met_before
from .models import Ticket, Visit
from .notice import VERSION
from .queue.linking import in_hand, link
from .sameness.clues import LONGEST as LONGEST_READ
from .sheets import file_register
from .ties import TieKind, tie, why_not_tie
from .understanding.asking import proposed

TYPED = ("name", "id_number", "phone", "opponent", "opponent_kind", "place", "place_name", "facts", "address")
TIES = {"again": TieKind.REPEAT, "related": TieKind.RELATED}
MOST_TIES = 6


@sensitive_post_parameters("id_number", "phone")
@sensitive_variables("form")
@never_cache
@acting
@idempotent_form
def register(request: HttpRequest) -> HttpResponse:
    """登记来访: one page. A probable earlier registration of the same matter is asked about once before saving."""
    clerk = _clerk(request)
    ticket = in_hand(clerk, request.POST.get("ticket") or request.GET.get("ticket"))
    form = RegisterForm(posted(request))
    asked = _same_matters(form, request) if form.is_valid() else []
    if form.is_valid() and not asked:
        with refusing(form):
            return _received(request, clerk, form, ticket)
    if asked:
        refusal(
            form, Refused(_("以前可能登记过同一件事，请先看一看。是同一件，打开那一件记来访；不是，再按一次保存。"))
        )
    return page(request, "intake/register.html", form=form, asked=asked, ticket=ticket, **_around(request, clerk, form))


@sensitive_post_parameters("id_number", "phone")
@require_POST
@never_cache
@acting
def met(request: HttpRequest) -> HttpResponse:
    """Earlier disputes and hints for what has been typed so far. A POST, so that no number stands in an address."""
    _clerk(request)
    typed = {name: request.POST.get(name, "")[: LONGEST_READ if name == "facts" else 120] for name in TYPED}
    hints = hints_for(typed)
    return page(
        request, "intake/met.html", status=200, hits=_hits(request, typed), hints=hints, looked=any(typed.values()),
        ticked=_ticked(request),
    )  # fmt: skip


@require_POST
@never_cache
@acting
def reading(request: HttpRequest) -> HttpResponse:
    """What the facts say of themselves, as they are typed. A POST, so that no words stand in an address; nothing is kept."""
    _clerk(request)
    facts = request.POST.get("facts", "")[:LONGEST_FACTS]
    return page(request, "intake/reading.html", status=200, proposal=proposed(facts))


@require_GET
@acting
def places(request: HttpRequest) -> HttpResponse:
    """At most eight places of the district for what is typed, regions and addresses, as options of a list."""
    return _options(request, options_with_addresses)


@require_GET
@acting
def addresses(request: HttpRequest) -> HttpResponse:
    """Addresses of the library for what is typed, as options of a list."""
    return _options(request, address_options)


@require_GET
@login_not_required
@acting
def public_places(request: HttpRequest) -> HttpResponse:
    """For residents, regions alone: names of places are nobody's secret."""
    return _options(request, options_for)


@never_cache
@acting
@idempotent_form
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """The slip to print. Its PIN shows once; printing again means a new PIN, and the page says so."""
    dispute = _slip_dispute(request, number)
    if request.method == "POST":
        party = get_object_or_404(Party, pk=_number(request.POST.get("party")), dispute=dispute)
        slips.hand_over(request, give_pass(party, by=request.user))
        return redirect("slip", dispute.number)
    fresh = slips.take(request, dispute)
    return page(
        request, "intake/slip.html", slip=fresh or _without_pin(request, dispute), **_slip_context(request, dispute)
    )


@require_POST
@never_cache
@acting
def slip_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The same slip as a PDF of 58 mm; with the PIN only when it comes from the page that just showed it."""
    dispute = get_object_or_404(Dispute, number=number)
    found = slips.opened(request, dispute, request.POST.get("sealed", ""))
    if found is None:
        found = _without_pin(request, _slip_dispute(request, number))
    if found is None:
        raise Refused(_("这件事还没有查询码，请先打印小票。"))
    answer = HttpResponse(typeset("slip", found.data), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="slip-{dispute.number}.pdf"'
    return answer


@require_POST
@acting
@idempotent_form
def visit(request: HttpRequest, number: str) -> HttpResponse:
    """又来了: another visit about the same matter."""
    dispute = get_object_or_404(Dispute.objects.visible_to(request.user), number=number)
    names = names_in(request.POST.get("representatives", "")[:200])
    with transaction.atomic():
        came = record_visit(
            dispute, persons=_number(request.POST.get("persons")), representatives=names, by=request.user
        )
        link(in_hand(_clerk(request), None), came)
    return page(request, "intake/panel.html", then=reverse("dispute", args=[number]), said=_("已记 1 批次来访"))


@require_POST
@acting
@idempotent_form
def register_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """受理登记表 onto the file, where the worker has not put it there yet."""
    dispute = get_object_or_404(Dispute.objects.visible_to(request.user), number=number)
    file_register(dispute, by=request.user)
    return page(request, "intake/panel.html", then=reverse("dispute", args=[number]), said=_("受理登记表在文书里了"))


@require_GET
@login_not_required
@acting
def privacy(request: HttpRequest) -> HttpResponse:
    """个人信息处理告知: who, what for, which kinds, how long, which rights."""
    return page(request, "intake/privacy_page.html", notice_version=VERSION)


def _clerk(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User) or not user.works_cases or user.body is None:
        raise PermissionDenied(_("登记来访是窗口、分流、调解人员和负责人的事，并且要属于一个单位。请找本单位管理员。"))
    return user


def _options(request: HttpRequest, options: Callable[[str], list[Option]]) -> HttpResponse:
    query = normalise(request.GET.get("q", ""))[:LONGEST_QUERY]
    return page(request, "web/options.html", options=options(query), q=query)


def _received(request: HttpRequest, clerk: User, form: RegisterForm, ticket: Ticket | None) -> HttpResponse:
    with transaction.atomic():
        tied = _ties(request, clerk)
        draft = replace(_drafted(form, clerk, ticket), is_repeat=TieKind.REPEAT in tied.values())
        reception = receive(draft=draft, by=clerk)
        link(ticket, reception.visit)
        if why_not_tie(reception.dispute, clerk) is None:  # a restricted matter is out of the clerk's hands already
            for earlier, kind in tied.items():
                tie(reception.dispute, to=earlier, kind=kind, by=clerk)
    number = reception.dispute.number
    if "only" in request.POST:
        said = _("已登记 %(number)s。小票可以在它的页面上补打。") % {"number": number}
        return page(request, "intake/register.html", then=reverse("queue" if ticket else "register"), said=said)
    slips.hand_over(request, reception.issued)
    return page(request, "intake/register.html", then=f"{reverse('slip', args=[number])}?print")


def _drafted(form: RegisterForm, clerk: User, ticket: Ticket | None) -> ReceptionDraft:
    """With a number, the visit began when the number was taken, at the window that called it."""
    if ticket is None:
        return form.draft(window=_window(clerk))
    return replace(form.draft(window=ticket.window), arrived_at=ticket.arrived_at)


def _ticked(request: HttpRequest) -> dict[str, list[str]]:
    return {name: request.POST.getlist(name)[:MOST_TIES] for name in TIES}


def _ties(request: HttpRequest, clerk: User) -> dict[Dispute, TieKind]:
    """The earlier disputes that the clerk ticked beside the form, and as what; 重复访 says more than 关联."""
    chosen = {key: TIES[name] for name, keys in reversed(_ticked(request).items()) for key in keys if _number(key)}
    seen = Dispute.objects.visible_to(clerk).filter(pk__in=[int(key) for key in chosen])
    return {dispute: chosen[str(dispute.pk)] for dispute in seen}


def _same_matters(form: RegisterForm, request: HttpRequest) -> list[Hit]:
    """Probable earlier registrations of this matter that the clerk has not been asked about."""
    said = form.cleaned_data
    hits = met_before(
        actor=request.user, name=said["name"], phone=said["phone"], id_number=said["id_number"],
        opponent=said["opponent"], place=said["region"], facts=said["facts"][:LONGEST_READ], address=said["address"],
    )  # fmt: skip
    answered = set(request.POST.getlist("not_same"))
    return [hit for hit in hits if hit.same_matter and str(hit.dispute.pk) not in answered]


def _hits(request: HttpRequest, typed: dict[str, str]) -> list[Hit]:
    """As `_same_matters`, while the person is still typing: what does not check is left out."""
    place = place_chosen(typed["place"], typed["place_name"])
    return met_before(
        actor=request.user, name=typed["name"], phone=sound(check_phone, typed["phone"]), opponent=typed["opponent"],
        id_number=sound(check_id_number, typed["id_number"]), place=place, facts=typed["facts"], address=typed["address"],
    )  # fmt: skip


def _around(request: HttpRequest, clerk: User, form: RegisterForm) -> dict[str, Any]:
    """What stands around the form: who will have it and by when, who came today, what was met before."""
    limit = limit_for("respond")
    due, _provisional = due_at(timezone.now(), limit)
    typed = {name: request.POST.get(name, "")[:LONGEST_READ] for name in TYPED}
    return {
        "body": clerk.body, "due": due, "limit": limit, "notice_version": VERSION,
        "hits": _hits(request, typed) if form.is_bound else [], "looked": form.is_bound, "ticked": _ticked(request),
        "today": Visit.objects.filter(body=clerk.body).on(timezone.localdate()).totals(),
    }  # fmt: skip


def _window(clerk: User) -> Window | None:
    """The counter where the clerk sits, else the one whose name is on the clerk's name plate."""
    here = Window.objects.filter(body=clerk.body)
    sitting = here.filter(sittings__person=clerk, sittings__until=None).first()
    return sitting or (here.named().filter(name=clerk.title).first() if clerk.title else None)


def _slip_dispute(request: HttpRequest, number: str) -> Dispute:
    """The dispute, for those who work on it, and for whoever has registered it this minute (it may be restricted)."""
    seen = Dispute.objects.visible_to(request.user).filter(number=number).first()
    works = isinstance(request.user, User) and request.user.works_cases
    if seen is not None and works and seen.hats_of(request.user):
        return seen
    party = slips.fresh_party(request)
    if party is None or request.method == "POST":
        raise Http404
    return get_object_or_404(Dispute, number=number, parties=party)


def _slip_context(request: HttpRequest, dispute: Dispute) -> dict[str, Any]:
    may = Dispute.objects.visible_to(request.user).filter(pk=dispute.pk).exists()
    return {
        "dispute": dispute,
        "parties": dispute.cast if may else [],
        "is_visible": may,
        "print_now": "print" in request.GET,
    }


def _without_pin(request: HttpRequest, dispute: Dispute) -> slips.Slip | None:
    party = next((party for party in dispute.applicants if hasattr(party, "access")), None)
    return slips.slip_of(request, dispute, party.access) if party else None


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
