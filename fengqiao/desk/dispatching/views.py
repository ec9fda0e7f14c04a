"""The sheet of proposals for what was chosen on the worklist, and the press that sends it."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengqiao.people.models import User
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page
from fengqiao.web.once import FORM_KEY

from .proposing import MOST, Sheet
from .sending import Outcome, Wish, send

TEMPLATE = "desk/dispatching/sheet.html"


@require_http_methods(["GET", "POST"])
@acting
def dispatch_many(request: HttpRequest) -> HttpResponse:
    """A GET proposes, a POST sends. What was refused stays on the sheet with its reason; nothing else does."""
    reader = staff(request)
    if not reader.works_cases:
        raise PermissionDenied(_("分派由承办单位的人来办。"))
    given = request.GET if request.method == "GET" else request.POST
    back = given.get("back", "")
    if request.method == "GET":
        return _sheet(request, Sheet(given.getlist("n"), reader), back=back)
    wishes = [_wish(given, number) for number in dict.fromkeys(given.getlist("n"))][:MOST]
    if not wishes:
        empty = _("请至少勾选一件，再分派。")
        return _sheet(request, Sheet(given.getlist("all"), reader), back=back, status=422, wrong=empty)
    outcomes = [send(wish, key=given.get(FORM_KEY, ""), by=reader) for wish in wishes]
    sent = [one for one in outcomes if one.sent_to]
    if "one_only" in given and len(sent) == len(outcomes):
        return page(request, TEMPLATE, then=_list(given.get("next") or back), said=_told(sent[0]))
    return _answered(request, reader, wishes, outcomes, back)


def _answered(
    request: HttpRequest, reader: User, wishes: list[Wish], outcomes: list[Outcome], back: str
) -> HttpResponse:
    """What was sent, in a list; what was not, on a fresh sheet with what was typed and the reason."""
    wished, refused = {one.number: one for one in wishes}, {one.number: one for one in outcomes if one.refusal}
    left = [number for number in request.POST.getlist("all") if number not in wished]
    sheet = Sheet([*refused, *left], reader)
    for line in sheet.lines:
        number = line.dispute.number
        line.chosen = False
        if number in refused:
            line.refused = refused[number].refusal
            line.to, line.why = wished[number].to or line.to, wished[number].why
    here = {line.dispute.number for line in sheet.lines}
    return _sheet(
        request, sheet, back=back, status=409 if refused else 200, sent=[one for one in outcomes if one.sent_to],
        gone=[one for one in refused.values() if one.number not in here], tried=len(outcomes), refused=len(refused),
    )  # fmt: skip


def _sheet(request: HttpRequest, sheet: Sheet, *, back: str, status: int = 200, **more: Any) -> HttpResponse:
    form_key = uuid4().hex
    around = {"around": back, "back": _list(back)}
    return page(request, TEMPLATE, status=status, table=sheet, form_key=form_key, **around, **more)


def _wish(given: QueryDict, number: str) -> Wish:
    seen = given.get(f"seen-{number}", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
    return Wish(number, given.get(f"to-{number}", "").strip(), version, given.get(f"why-{number}", ""))


def _told(one: Outcome) -> str:
    return _("%(number)s 已分派给%(body)s") % {"number": one.number, "body": one.sent_to}


def _list(query: str) -> str:
    """The worklist with these filters: a query only, so that it cannot lead anywhere else."""
    kept = QueryDict(query.lstrip("?")[:1000]).urlencode()
    return f"{reverse('worklist')}?{kept}" if kept else reverse("worklist")
