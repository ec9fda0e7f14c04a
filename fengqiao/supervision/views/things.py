"""Orders, leaders' cases, conferences, incidents and lapses: their lists, their pages, and what is done to them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from fengqiao.people.models import Role, User
from fengqiao.supervision import forms, kinds
from fengqiao.supervision.commands import incidents as incident_commands
from fengqiao.supervision.deeds import Deed, deed_view, thing_view
from fengqiao.supervision.models import (
    Conference,
    ConferenceState,
    ConferenceTask,
    Incident,
    IncidentState,
    Lapse,
    LapseState,
    LeaderCase,
    Order,
    PlanRun,
    Receipt,
)
from fengqiao.supervision.thresholds import plan_now
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

PAGE = 20


def _sheet(request: HttpRequest, found: Any) -> Any:
    return Paginator(found, PAGE).get_page(request.GET.get("page"))


def _chosen(request: HttpRequest, heaps: dict[str, tuple[Any, Any]], first: str) -> tuple[str, list[dict[str, Any]]]:
    """The view asked for, and the tabs."""
    asked = request.GET.get("view", "")
    view = asked if asked in heaps else first
    return view, [{"view": name, "label": label, "count": rows.count()} for name, (label, rows) in heaps.items()]


# ── orders ────────────────────────────────────────────────────────────────────────────────────────────────────────


@require_GET
@acting
def orders(request: HttpRequest) -> HttpResponse:
    """交办督办: to us, from us, late; the first due first."""
    user = staff(request)
    heaps = kinds.orders_heaps(user)
    first = "from_us" if user.role == Role.LEADER else "to_us"
    view, tabs = _chosen(request, heaps, first)
    found: Any = heaps[view][1]
    sheet = _sheet(request, found.with_names().order_by("due_on", "pk"))
    return page(request, "supervision/orders.html", tabs=tabs, view=view, sheet=sheet)


def _order(order: Order, user: User) -> dict[str, Any]:
    return {"answers": order.answers.select_related("by", "paper", "verdict_by")}


order = thing_view(kinds.ORDER, "supervision/order.html", _order)
order_deed = deed_view(kinds.ORDER)


# ── leaders' cases ────────────────────────────────────────────────────────────────────────────────────────────────


@require_GET
@acting
def led(request: HttpRequest) -> HttpResponse:
    """领导包案: mine, running, ended."""
    user = staff(request)
    seen = LeaderCase.objects.visible_to(user)
    heaps = {
        "mine": (_("我包的"), seen.now().filter(leader=user)),
        "now": (_("正在包案"), seen.now()),
        "ended": (_("已经不包"), seen.exclude(released_at=None)),
    }
    view, tabs = _chosen(request, heaps, "mine" if user.role == Role.LEADER else "now")
    rows = (
        heaps[view][1]
        .select_related("dispute", "leader", "body")
        .annotate(last_at=Max("entries__at"))
        .order_by("target_on", "pk")
    )
    return page(request, "supervision/led.html", tabs=tabs, view=view, sheet=_sheet(request, rows))


def _led(case: LeaderCase, user: User) -> dict[str, Any]:
    return {"entries": case.entries.select_related("by").order_by("-pk")}


led_page = thing_view(kinds.LED, "supervision/led_page.html", _led)
led_deed = deed_view(kinds.LED)


# ── conferences ───────────────────────────────────────────────────────────────────────────────────────────────────


@require_GET
@acting
def conferences(request: HttpRequest) -> HttpResponse:
    """会商研判: those to come, those with something still to do, and the others."""
    user = staff(request)
    seen = Conference.objects.visible_to(user)
    todo = ConferenceTask.objects.filter(closed_at=None).values("conference")
    heaps = {
        "coming": (_("待召开"), seen.coming()),
        "todo": (_("还有事没办完"), seen.filter(pk__in=todo)),
        "over": (_("已召开、已取消"), seen.exclude(state=ConferenceState.CALLED)),
    }
    view, tabs = _chosen(request, heaps, "coming")
    rows = (
        heaps[view][1]
        .select_related("dispute", "called_by", "body")
        .annotate(
            invited=Count("seats", distinct=True),
            coming_n=Count("seats", filter=Q(seats__answer__in=["coming", "other"]), distinct=True),
        )
        .order_by("at", "pk")
    )
    return page(request, "supervision/conferences.html", tabs=tabs, view=view, sheet=_sheet(request, rows))


def _conference(conference: Conference, user: User) -> dict[str, Any]:
    seats = list(conference.seats.select_related("body", "user", "answered_by", "conference"))
    tasks = list(kinds.TASK.rows(user).filter(conference=conference))
    return {
        "seats": [(seat, kinds.SEAT.offers(seat, user) if conference.is_coming else []) for seat in seats],
        "tasks": [(task, kinds.TASK.offers(task, user)) for task in tasks],
        "materials": conference.dispute.papers.filter(pk__in=conference.materials),
    }


conference = thing_view(kinds.CONFERENCE, "supervision/conference.html", _conference)
conference_deed = deed_view(kinds.CONFERENCE)
seat_deed = deed_view(kinds.SEAT)
task_deed = deed_view(kinds.TASK)


# ── incidents ─────────────────────────────────────────────────────────────────────────────────────────────────────


@require_GET
@acting
def incidents(request: HttpRequest) -> HttpResponse:
    """重大事项: what is not over, and what is."""
    user = staff(request)
    seen = Incident.objects.visible_to(user)
    heaps = {
        "open": (_("处置中"), seen.filter(state=IncidentState.OPEN)),
        "over": (_("已平息"), seen.filter(state=IncidentState.OVER)),
    }
    view, tabs = _chosen(request, heaps, "open")
    rows = heaps[view][1].select_related("body", "dispute").annotate(n=Count("reports"), last_at=Max("reports__at"))
    rows = rows.order_by("-happened_at", "-pk")
    return page(
        request,
        "supervision/incidents.html",
        tabs=tabs,
        view=view,
        sheet=_sheet(request, rows),
        reports=user.works_cases,
    )


NEW = Deed(
    gettext_lazy("报告重大事项"), forms.IncidentForm, incident_commands.report, gettext_lazy("已报告"),
    lambda thing, user: user.works_cases, icon="urgent", primary=True,
)  # fmt: skip


@acting
@idempotent_form
def incident_new(request: HttpRequest) -> HttpResponse:
    """A report on what is no dispute yet."""
    user = staff(request)
    if not user.works_cases:
        raise PermissionDenied(_("只有办事的单位可以报告重大事项。"))
    form = forms.IncidentForm(posted(request), thing=None, actor=user)
    if form.is_valid():
        with refusing(form):
            made = incident_commands.report(**form.facts, by=user)
            then = reverse("incident", args=[made.pk])
            return page(request, "supervision/deed.html", then=then, said=str(NEW.said))
    return page(request, "supervision/deed.html", form=form, asked=NEW, back=reverse("incidents"), draft="incident")


def _incident(incident: Incident, user: User) -> dict[str, Any]:
    run = PlanRun.objects.filter(incident=incident).select_related("started_by").first()
    receipts = Receipt.objects.filter(report__incident=incident).select_related(
        "report__incident", "body", "sent_by", "received_by"
    )
    ticks = run.ticks.select_related("done_by", "run__incident") if run else []
    return {
        "reports": incident.reports.select_related("by").order_by("-n"),
        "receipts": [(one, kinds.RECEIPT.offers(one, user)) for one in receipts.order_by("-report__n", "pk")],
        "run": run, "ticks": [(one, kinds.TICK.offers(one, user)) for one in ticks],
        "plan": None if run else plan_now(),
    }  # fmt: skip


incident = thing_view(kinds.INCIDENT, "supervision/incident.html", _incident)
incident_deed = deed_view(kinds.INCIDENT)
receipt_deed = deed_view(kinds.RECEIPT)
tick_deed = deed_view(kinds.TICK)


# ── lapses ────────────────────────────────────────────────────────────────────────────────────────────────────────


@require_GET
@acting
def lapses(request: HttpRequest) -> HttpResponse:
    """督查登记: what the rules found, and what people said of it."""
    user = staff(request)
    if user.role not in (Role.MANAGER, Role.LEADER):
        raise PermissionDenied(_("督查登记由负责人和领导看。"))
    seen = Lapse.objects.visible_to(user)
    heaps = {
        "new": (_("待核实"), seen.filter(state=LapseState.CANDIDATE)),
        "true": (_("属实"), seen.filter(state=LapseState.CONFIRMED)),
        "not": (_("不属实"), seen.filter(state=LapseState.DISMISSED)),
    }
    view, tabs = _chosen(request, heaps, "new")
    sheet = _sheet(request, heaps[view][1].select_related("dispute", "body", "decided_by"))
    rows = [(one, kinds.LAPSE.offers(one, user)) for one in sheet]
    return page(request, "supervision/lapses.html", tabs=tabs, view=view, sheet=sheet, rows=rows)


lapse_deed = deed_view(kinds.LAPSE)
