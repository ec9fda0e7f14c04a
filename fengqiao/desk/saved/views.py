"""The page of one's views, and what is done with them."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from fengqiao.desk.models import SavedView, StartView
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page

from . import commands
from .showing import address_of

PLAIN: dict[str, tuple[Callable[..., Any], Any]] = {
    "delete": (commands.delete, gettext_lazy("视图删掉了")),
    "share": (commands.share, gettext_lazy("全单位都能用了")),
    "withdraw": (commands.withdraw, gettext_lazy("收回了，只有存它的人还有")),
    "start": (commands.start_with, gettext_lazy("以后打开这张清单就先看它")),
    "unstart": (commands.start_plainly, gettext_lazy("以后打开这张清单和原来一样")),
}


@require_GET
@acting
def views(request: HttpRequest) -> HttpResponse:
    """One's own and those of the office, with what one may do with each."""
    user = staff(request)
    found = SavedView.objects.of(user).select_related("owner", "shared_with").order_by("listing", "name", "pk")
    starts = set(StartView.objects.filter(user=user).values_list("view_id", flat=True))
    rows = [
        {
            "view": view, "url": address_of(view), "is_own": view.owner_id == user.pk, "starts": view.pk in starts,
            "may_share": not view.shared_with_id and not commands.why_not_share(view, user),
            "may_withdraw": view.shared_with_id and not commands.why_not_withdraw(view, user),
        }
        for view in found
    ]  # fmt: skip
    return page(request, "desk/saved/views.html", rows=rows)


@require_POST
@acting
def save(request: HttpRequest) -> HttpResponse:
    """Put aside what the address of the list says."""
    given = request.POST
    view = commands.save_view(
        given.get("listing", ""), query=given.get("query", ""), name=given.get("name", ""), by=staff(request)
    )
    if "share" in given:
        commands.share(view, by=staff(request))
    return page(request, "desk/saved/views.html", then=address_of(view), said=_("存好了：%(name)s") % {"name": view})


@require_POST
@acting
def change(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One of the five, or another name."""
    user = staff(request)
    view = get_object_or_404(SavedView.objects.of(user), pk=pk)
    if act == "rename":
        commands.rename(view, name=request.POST.get("name", ""), by=user)
        said: Any = _("改好了名字")
    elif act in PLAIN:
        command, said = PLAIN[act]
        command(view, by=user)
    else:
        raise Http404
    return page(request, "desk/saved/views.html", then=reverse("saved_views"), said=str(said))
