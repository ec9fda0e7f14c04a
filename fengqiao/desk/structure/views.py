"""The register of bodies: the list, a body with its history, and the page of each act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from fengqiao.bodies import registry
from fengqiao.bodies.models import COMMITTEES, Body, BodyKind, Member, Standing
from fengqiao.bodies.requirements import requirements, term_ends
from fengqiao.ledger.models import Entry
from fengqiao.people.models import User
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

from .forms import ApprovalForm, BodyForm, CorrectionForm, EndForm, ReasonForm, SeatForm

PER_PAGE = 30
HISTORY = 50


@dataclass(frozen=True)
class Act:
    """Something that can be done to a body, while it stands so."""

    label: Any
    said: Any
    icon: str
    form: type[forms.Form]
    do: Callable[..., Any]
    while_it_is: set[Standing]
    stop: bool = False
    only_committees: bool = False
    approving: bool = False

    def is_for(self, user: User) -> bool:
        return user.approves_bodies if self.approving else user.keeps_bodies

    def fits(self, body: Body) -> bool:
        return body.standing in self.while_it_is and (not self.only_committees or body.is_committee)


P, L, S = Standing.PROPOSED, Standing.LIVE, Standing.SUSPENDED
ACTS = {
    "approve": Act(
        gettext_lazy("审核通过"), gettext_lazy("已经开始运行。"), "check", ApprovalForm, registry.go_live, {P}, approving=True,
    ),
    "back": Act(
        gettext_lazy("退回申请"), gettext_lazy("申请退回了。"), "arrow-back-up", ReasonForm, registry.send_back, {P},
        stop=True, approving=True,
    ),
    "correct": Act(
        gettext_lazy("修改登记"), gettext_lazy("改好了。"), "pencil", CorrectionForm, registry.correct, {P, L, S},
    ),
    "seat": Act(
        gettext_lazy("登记委员"), gettext_lazy("委员登记好了。"), "user-plus", SeatForm, registry.seat, {P, L, S},
        only_committees=True,
    ),
    "suspend": Act(
        gettext_lazy("暂停"), gettext_lazy("暂停了，不再接新的事。"), "player-pause", ReasonForm, registry.suspend, {L},
        stop=True,
    ),
    "resume": Act(gettext_lazy("恢复"), gettext_lazy("恢复了。"), "player-play", ReasonForm, registry.resume, {S}),
    "end": Act(
        gettext_lazy("撤销"), gettext_lazy("撤销了，登记和经过都留着。"), "ban", EndForm, registry.end, {L, S}, stop=True,
    ),
}  # fmt: skip


@require_GET
@acting
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies, or those of a kind or standing, or of some words."""
    user = keeper(request, approving=True)
    words, kind = request.GET.get("q", "").strip()[:60], request.GET.get("kind", "")
    standing = request.GET.get("standing", "")
    found = Body.objects.select_related("region", "parent").order_by("region__code", "pk")
    if words:
        found = found.filter(
            Q(name__icontains=words) | Q(short_name__icontains=words) | Q(region__name__icontains=words)
        )
    if kind in BodyKind.values:
        found = found.filter(kind=kind)
    if standing in Standing.values:
        found = found.filter(standing=standing)
    sheet = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request, "desk/structure/bodies.html", sheet=sheet, words=words, kind=kind, standing=standing,
        kinds=BodyKind.choices, standings=Standing.choices, waiting=Body.objects.filter(standing=P).count(), keeps=user.keeps_bodies,
    )  # fmt: skip


@require_GET
@acting
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """What the register says of it, what its type must have, who is on it, and what happened."""
    user = keeper(request, approving=True)
    found = get_object_or_404(Body.objects.select_related("region", "parent"), pk=pk)
    return page(
        request, "desk/structure/body.html", body=found, acts=[(name, act) for name, act in ACTS.items() if act.fits(found) and act.is_for(user)],
        asked=requirements(found, timezone.localdate()), term=term_ends(found), seats=found.seats.all(), keeps=user.keeps_bodies,
        is_committee=found.kind in COMMITTEES, windows=found.windows.all(), successors=found.successors.all(),
        people=User.objects.filter(Q(home_body=found, station_body=None) | Q(station_body=found), is_active=True),
        story=Entry.objects.of("body", found.pk).order_by("-seq")[:HISTORY],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@acting
@idempotent_form
def propose(request: HttpRequest) -> HttpResponse:
    """A new body."""
    by = keeper(request)
    form = BodyForm(posted(request))
    if form.is_valid():
        with refusing(form):
            made = registry.propose(form.cleaned_data, by=by)
            said = _("登记好了，等另一位管理员审核。")
            return page(request, "desk/structure/body.html", then=reverse("body", args=[made.pk]), said=said)
    return page(request, "desk/structure/act.html", form=form, label=_("新设机构"), icon="plus", back=reverse("bodies"))


@require_http_methods(["GET", "POST"])
@acting
@idempotent_form
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The page of one act, and the act."""
    asked = ACTS.get(name)
    by = keeper(request, approving=bool(asked and asked.approving))
    found = get_object_or_404(Body, pk=pk)
    if asked is None:
        raise Http404
    back = reverse("body", args=[pk])
    form = asked.form(posted(request), **_wishes(asked.form, found))
    if form.is_valid():
        with refusing(form):
            _do(asked, found, form.cleaned_data, seen=_seen(request), by=by)
            return page(request, "desk/structure/body.html", then=back, said=str(asked.said))
    return page(
        request, "desk/structure/act.html", form=form, body=found, label=asked.label, icon=asked.icon, stop=asked.stop,
        back=back, fits=asked.fits(found),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@acting
@idempotent_form
def unseat(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Somebody leaves the committee."""
    by = keeper(request)
    found = get_object_or_404(Member.objects.select_related("body"), pk=member, body=pk)
    back = reverse("body", args=[pk])
    form = ReasonForm(posted(request))
    if form.is_valid():
        with refusing(form):
            registry.unseat(found, reason=form.cleaned_data["reason"], seen=_seen(request), by=by)
            return page(request, "desk/structure/body.html", then=back, said=_("登记好了。"))
    label = _("%(name)s不再担任委员") % {"name": found.name}
    return page(
        request, "desk/structure/act.html", form=form, body=found.body, label=label, icon="user-minus", back=back, fits=True,
    )  # fmt: skip


def keeper(request: HttpRequest, *, approving: bool = False) -> User:
    """Whoever keeps the register, or approves what is proposed for it; nobody else comes in."""
    user = staff(request)
    if not (user.approves_bodies if approving else user.keeps_bodies):
        raise PermissionDenied(_("这一页只给系统管理员和区中心负责人看。"))
    return user


def _wishes(form: type[forms.Form], found: Body) -> dict[str, Any]:
    """What the form is made with besides what was sent."""
    if issubclass(form, BodyForm):
        return {"body": found, "initial": {name: getattr(found, name) for name in registry.COLUMNS}}
    return {"body": found} if issubclass(form, EndForm) else {}


def _do(asked: Act, found: Body, given: dict[str, Any], *, seen: int, by: User) -> None:
    if asked.form is CorrectionForm:
        facts = dict(given)
        asked.do(found, facts, seen=seen, reason=facts.pop("reason"), by=by)
    else:
        asked.do(found, **given, seen=seen, by=by)


def _seen(request: HttpRequest) -> int:
    """The version the person had before them; whoever does not say is taken to have seen an older one."""
    told = request.POST.get("seen", "")
    return int(told) if told.isdecimal() and len(told) < 10 else 0
