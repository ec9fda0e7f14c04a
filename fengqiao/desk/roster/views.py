"""The pages of the roster. Who it is not for finds nothing: a peer body's entry answers 404."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from fengqiao.desk.forms import LookForm
from fengqiao.disputes.models import Category
from fengqiao.ledger.models import Entry
from fengqiao.papers.portraits import portrait
from fengqiao.papers.typeset import typeset
from fengqiao.people.models import RosterEntry, RosterRules, User
from fengqiao.people.roster import commands
from fengqiao.people.roster.models import MEDIATING, Enrolment
from fengqiao.people.roster.sight import bodies_answered_for, has_a_roster, reads_sealed, reviews, visible_to
from fengqiao.people.roster.writing import SUBJECT
from fengqiao.places.models import Region
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusing, sent_files
from fengqiao.web.once import idempotent_form

from .deciding import DECISIONS, may_change, possible
from .forms import EntryForm
from .listing import Listing, organisations

PER_PAGE = 30
ADVISERS_CARD = "工作牌"  # of who is an expert or volunteer and no mediator; printed, so it is not translated
SEALED = ("born_on", "phone", "id_number", "employers", "kin", "interests")


@require_GET
@acting
def roster(request: HttpRequest) -> HttpResponse:
    """名册: those whose body one answers for, the whole of it for who reviews."""
    reader = reader_of(request)
    listing = Listing(request.GET, reader)
    sheet = Paginator(listing.rows, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request, "desk/roster/list.html", listing=listing, sheet=sheet, organisations=organisations(reader),
        reviews=reviews(reader), files=bodies_answered_for(reader).exists(), mine=_own(reader),
    )  # fmt: skip


@require_GET
@never_cache
@acting
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: what it says, how it stands, what happened to it."""
    reader, found = _found(request, pk)
    return page(
        request, "desk/roster/entry.html", entry=found, words=in_words(found), decisions=possible(found, reader),
        may_change=may_change(found, reader), no_card=commands.why_no_card(found), sealed=reads_sealed(reader, found), own=found.user_id == reader.pk,
        history=Entry.objects.of(SUBJECT, found.pk).reverse()[:200],
        looks=Entry.objects.of(commands.LOOKS, found.pk).reverse()[:20] if reads_sealed(reader, found) else (),
        serves=[row.body for row in found.servings.filter(ended_on=None).select_related("body")],
    )  # fmt: skip


@sensitive_post_parameters(*SEALED)
@sensitive_variables("form")
@never_cache
@acting
@idempotent_form
def new(request: HttpRequest) -> HttpResponse:
    """申报: for oneself or for somebody of a body that one answers for."""
    user = reader_of(request)
    if not bodies_answered_for(user).exists():
        raise PermissionDenied(_("只有办事的人可以申报。"))
    form = EntryForm(posted(request), sent_files(request), actor=user)
    if form.is_valid():
        with refusing(form):
            made = commands.apply(form.draft, by=user)
            said = _("申报好了，等审核单位看。")
            return page(request, "desk/roster/form.html", then=reverse("roster_entry", args=[made.pk]), said=said)
    return page(request, "desk/roster/form.html", form=form, title=_("申报进名册"), back=reverse("roster"))


@sensitive_post_parameters(*SEALED)
@sensitive_variables("form")
@never_cache
@acting
@idempotent_form
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """改内容; what was returned or refused is applied for again by the same form."""
    user, found = _found(request, pk)
    back = reverse("roster_entry", args=[pk])
    if not may_change(found, user):
        raise Http404
    form = EntryForm(posted(request), sent_files(request), actor=user, entry=found)
    again = found.standing in (Enrolment.RETURNED, Enrolment.REFUSED)
    if form.is_valid():
        with refusing(form):
            seen, reason = form.cleaned_data["seen"], form.cleaned_data["reason"]
            if again:
                commands.resubmit(found, facts=form.facts, remark=reason, by=user, seen=seen)
            else:
                commands.change(found, facts=form.facts, reason=reason, by=user, seen=seen)
            return page(request, "desk/roster/form.html", then=back, said=_("改好了。"))
    title = _("补充后重新申报") if again else _("改名册内容")
    return page(request, "desk/roster/form.html", form=form, title=title, back=back, entry=found)


@acting
@idempotent_form
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One decision about an entry, with its reason."""
    user, found = _found(request, pk)
    asked = DECISIONS.get(act)
    if asked is None:
        raise Http404
    back = reverse("roster_entry", args=[pk])
    here: dict[str, Any] = {"entry": found, "asked": asked, "title": asked.label, "back": back}
    if reason := asked.why_not(found, user):
        return page(request, "desk/roster/form.html", status=409, reason=reason, **here)
    form = asked.form(posted(request), entry=found)  # type: ignore[call-arg]
    if form.is_valid():
        with refusing(form):
            asked.command(found, **form.facts, by=user)
            return page(request, "desk/roster/form.html", then=back, said=str(asked.said))
    return page(request, "desk/roster/form.html", form=form, **here)


@require_POST
@never_cache
@sensitive_variables("shown")
@acting
def sealed(request: HttpRequest, pk: int) -> HttpResponse:
    """What only the person and the reviewing body see: the reason first, then the look goes on record, then it shows."""
    user, found = _found(request, pk)
    if not reads_sealed(user, found):
        raise Http404
    form = LookForm(request.POST if "reason" in request.POST else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "desk/roster/sealed.html", status=status, entry=found, form=form)
    commands.look(found, what=_("电话、证件和回避信息"), reason=form.cleaned_data["reason"], by=user)
    shown = {"phone": found.phone, "id_number": found.id_number, "born_on": found.born_on, "ties": found.declared}
    return page(request, "desk/roster/sealed.html", status=200, entry=found, form=form, shown=shown)


@require_POST
@acting
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """工作牌 as a PDF of two sides; printing it goes on record."""
    user, found = _found(request, pk)
    commands.print_card(found, by=user)
    answer = HttpResponse(
        typeset("work_card", card_data(request, found), timestamp=timezone.now()), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'inline; filename="card-{found.pk}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
@acting
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo, for who may open the entry."""
    _user, found = _found(request, pk)
    return picture_of(found)


def card_data(request: HttpRequest, found: RosterEntry) -> dict[str, Any]:
    """For the form `work_card` (papers/forms/work_card.typ)."""
    path = reverse("card", args=[found.card_token])
    adviser = {} if MEDIATING & set(found.kinds) or not found.kinds else {"title": ADVISERS_CARD}
    return {
        **adviser,
        "name": found.name, "kind": "、".join(found.kind_words), "body": str(found.body), "number": found.certificate,
        "since": found.valid_from, "until": found.valid_to or _("没有定"), "photo": portrait(found.photo),
        "verify_url": settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path),
        "demo": getattr(settings, "DEMO", False),
    }  # fmt: skip


def picture_of(found: RosterEntry) -> HttpResponse:
    """The kept photo; 404 where there is none."""
    data = portrait(found.photo)
    if data is None:
        raise Http404
    answer = HttpResponse(data, content_type="image/png")
    answer["Cache-Control"] = "private, max-age=300"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def in_words(found: RosterEntry) -> dict[str, str]:
    """Codes as what they are called."""
    rules, categories = RosterRules.now(), Category.objects.filter(code__in=found.specialities)
    return {
        "grade": str(dict(rules.grade_choices).get(found.grade, "")),
        "specialities": "、".join(categories.values_list("name", flat=True)),
        "languages": "、".join(str(name) for key, name in rules.language_choices if key in found.languages),
        "areas": "、".join(Region.objects.filter(code__in=found.areas).values_list("name", flat=True)) or _("全区"),
    }


def reader_of(request: HttpRequest) -> User:
    user = staff(request)
    if not has_a_roster(user):
        raise PermissionDenied(_("名册给办事的人和审核单位看。"))
    return user


def _found(request: HttpRequest, pk: int) -> tuple[User, RosterEntry]:
    user = staff(request)
    return user, get_object_or_404(visible_to(user), pk=pk)


def _own(user: User) -> RosterEntry | None:
    return RosterEntry.objects.filter(user=user).first()
