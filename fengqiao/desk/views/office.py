"""The homes of those who do not work on disputes: the administrator's bodies and accounts, the auditor's ledger."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fengqiao.bodies.models import Body, Window
from fengqiao.desk.commands import ask_to_verify
from fengqiao.desk.events import RecordVerified
from fengqiao.ledger.models import Entry, Seal
from fengqiao.people.models import Role, User
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page

PER_PAGE = 50


@require_GET
@acting
def office(request: HttpRequest) -> HttpResponse:
    """Bodies, windows and accounts as they stand."""
    only(staff(request), Role.ADMIN)
    lists: dict[str, QuerySet] = {"bodies": _bodies(), "windows": _windows(), "accounts": _accounts()}
    show = request.GET.get("show", "")
    show = show if show in lists else "bodies"
    tabs = [("bodies", _("机构")), ("windows", _("窗口")), ("accounts", _("账户"))]
    counted = [(name, label, lists[name].count()) for name, label in tabs]
    sheet = Paginator(lists[show], PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "desk/office.html", show=show, tabs=counted, sheet=sheet)


@require_GET
@acting
def ledger(request: HttpRequest) -> HttpResponse:
    """How far the record is sealed, and what the last verifications found."""
    only(staff(request), Role.AUDITOR)
    checks = Entry.objects.filter(kind=RecordVerified.kind).order_by("-at")[:10]
    return page(
        request, "desk/ledger.html", entries=Entry.objects.count(), seals=Seal.objects.count(), checks=checks,
        latest=Seal.objects.order_by("-day")[:14],
    )  # fmt: skip


@require_POST
@acting
def verify_ledger(request: HttpRequest) -> HttpResponse:
    """Have the whole record verified in the background."""
    only(staff(request), Role.AUDITOR)
    ask_to_verify(by=staff(request))
    said = _("开始核对了。核对完会有一条通知。")
    return page(request, "desk/ledger.html", then=reverse("ledger"), said=said)


@require_GET
@acting
def seals(request: HttpRequest) -> HttpResponse:
    """All seals, to be kept outside and compared later: whoever rewrites the record cannot rewrite these copies."""
    only(staff(request), Role.AUDITOR)
    fields = ("day", "sealed_at", "heads", "root", "prev", "key", "signature")
    answer = JsonResponse(
        {"seals": list(Seal.objects.order_by("day").values(*fields))}, json_dumps_params={"indent": 1}
    )
    answer["Content-Disposition"] = 'attachment; filename="seals.json"'
    return answer


def only(user: User, role: Role) -> None:
    """PermissionDenied for everybody of another role."""
    if user.role != role:
        raise PermissionDenied(_("这一页只给%(role)s看。") % {"role": role.label})


def _bodies() -> QuerySet[Body]:
    people = Count("members", filter=Q(members__is_active=True), distinct=True)
    counted = Body.objects.annotate(people=people, counters=Count("windows", distinct=True))
    return counted.select_related("region", "parent").order_by("region__code", "pk")


def _windows() -> QuerySet[Window]:
    return Window.objects.select_related("body")


def _accounts() -> QuerySet[User]:
    return User.objects.select_related("home_body", "station_body").order_by("home_body_id", "pk")
