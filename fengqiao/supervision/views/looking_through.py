"""日清 and 月研判: a body's day on one page, and the month's difficult matters."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from fengqiao.disputes.models import Dispute
from fengqiao.people.models import Role, User
from fengqiao.supervision.clearing import day_of
from fengqiao.supervision.commands.clearing import sign_off
from fengqiao.supervision.difficult import difficult_for, grounds_of, months_back
from fengqiao.supervision.models import Clearing, Conclusion, MonthlyReview
from fengqiao.supervision.thresholds import numbers
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

PAGE = 20
MONTHS = 12
DAYS = 14


class SignForm(forms.Form):
    """A word with the signature."""

    words = forms.CharField(label=gettext_lazy("说明"), max_length=300, required=False)


def _overseer(request: HttpRequest) -> User:
    user = staff(request)
    if not user.oversees or user.body is None:
        raise PermissionDenied(_("日清由单位的负责人和分流员看，由负责人签。"))
    return user


@acting
@idempotent_form
def clearing(request: HttpRequest) -> HttpResponse:
    """What was registered or fell due today, what is left from before; the head signs it off."""
    user = _overseer(request)
    day, body = _day(request.GET.get("day", "")), user.body
    assert body is not None  # noqa: S101 (asked above)
    form = SignForm(posted(request))
    if form.is_valid():
        with refusing(form):
            sign_off(body, day=day, words=form.cleaned_data["words"], by=user)
            return page(request, "supervision/clearing.html", then=request.get_full_path(), said=_("已签"))
    signed = Clearing.objects.filter(body=body, day=day).select_related("signed_by").first()
    seen = Dispute.objects.visible_to(user)
    lines = (
        list(signed.lines.filter(seen.holding("dispute")).select_related("dispute"))
        if signed
        else day_of(body, day, user)
    )
    return page(
        request, "supervision/clearing.html", form=form, day=day, body=body, signed=signed, lines=lines,
        done=sum(line.is_cleared for line in lines), is_today=day == timezone.localdate(),
        before=Clearing.objects.filter(body=body).select_related("signed_by")[:DAYS],
        may_sign=user.role == Role.MANAGER and not signed,
    )  # fmt: skip


@require_GET
@acting
def reviews(request: HttpRequest) -> HttpResponse:
    """难题月研判: the open matters that the rule finds, the oldest first, with this month's conclusion."""
    user = staff(request)
    if user.role != Role.LEADER and not user.oversees:
        raise PermissionDenied(_("月研判由单位的负责人、分流员和领导看。"))
    months = months_back(timezone.localdate(), MONTHS)
    month = next((one for one in months if f"{one:%Y-%m}" == request.GET.get("month", "")), months[0])
    if month != months[0]:
        seen = Dispute.objects.visible_to(user)
        past = MonthlyReview.objects.filter(seen.holding("dispute"), body=user.body_id, month=month)
        sheet = Paginator(past.select_related("dispute__body", "by"), PAGE).get_page(request.GET.get("page"))
        return page(request, "supervision/reviews.html", sheet=sheet, past=sheet, month=month, months=months)
    found: Any = Paginator(difficult_for(user, month).select_related("body"), PAGE).get_page(request.GET.get("page"))
    limits = numbers()
    rows = [(one, grounds_of(one, limits), Conclusion(one.concluded).label if one.concluded else "") for one in found]
    may_conclude = user.role in (Role.MANAGER, Role.LEADER)
    return page(
        request, "supervision/reviews.html", sheet=found, rows=rows, month=month, months=months, may_conclude=may_conclude
    )  # fmt: skip


def _day(text: str) -> date:
    """The day asked for; today where none is, or one to come."""
    today = timezone.localdate()
    try:
        return min(datetime.strptime(text, "%Y-%m-%d").date(), today)  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        return today
