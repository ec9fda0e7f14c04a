"""The administrator's address library: list, one address with its history, its changes, and tables out and in."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from fengqiao.desk.addresses import forms, sending
from fengqiao.desk.addresses.importing import MOST_TOLD, TableRefused, take
from fengqiao.desk.addresses.listing import Asked, history_of
from fengqiao.desk.administration.area import on_duty
from fengqiao.intake.finding import Option
from fengqiao.kernel.errors import Refused
from fengqiao.people.duties import Duty
from fengqiao.places.library import commands, merging
from fengqiao.places.library.suggesting import addresses_like
from fengqiao.places.models import Address
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusal, refusing, sent_files
from fengqiao.web.once import idempotent_form

PER_PAGE = 50
MOST_OPTIONS = 8


@require_GET
@acting
def addresses(request: HttpRequest) -> HttpResponse:
    """All of them, in the order of codes; found by words, by town, by whether they are in force."""
    on_duty(request, Duty.KEEP_BODIES)
    asked = Asked(request.GET)
    sheet = Paginator(asked.found.order_by("code"), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "desk/addresses.html", asked=asked, sheet=sheet)


@require_GET
@acting
def address_page(request: HttpRequest, address: str) -> HttpResponse:
    """One address: what it is, what it was called, what became of it, and all that was done to it."""
    on_duty(request, Duty.KEEP_BODIES)
    found = _address(address)
    offered = [change for change in CHANGES if change.is_offered(found)]
    names = found.aliases.filter(is_active=True)
    return page(
        request, "desk/address.html", address=found, names=names, story=history_of(found), offered=offered,
        successors=found.successors.select_related("new"), predecessors=found.predecessors.select_related("old"),
    )  # fmt: skip


@acting
@idempotent_form
def add_address(request: HttpRequest) -> HttpResponse:
    """A new one."""
    on_duty(request, Duty.KEEP_BODIES)
    form = forms.AddForm(posted(request))
    if form.is_valid():
        with refusing(form):
            made = commands.add(**form.facts, by=staff(request))
            said = _("地址加好了，编码 %(code)s。") % {"code": made.code}
            return page(request, "desk/address_act.html", then=reverse("address", args=[made.code]), said=said)
    return page(request, "desk/address_act.html", form=form, title=_("新增地址"), back=reverse("addresses"))


@require_GET
@acting
def address_options(request: HttpRequest) -> HttpResponse:
    """Addresses for what is typed, by their codes."""
    on_duty(request, Duty.KEEP_BODIES)
    query = request.GET.get("q", "")[:60]
    found = addresses_like(query, limit=MOST_OPTIONS)
    options = [Option(one.code, one.written, one.code) for one in found]
    return page(request, "web/options.html", options=options, q=query)


@acting
@idempotent_form
def import_addresses(request: HttpRequest) -> HttpResponse:
    """A table in: all of it, or nothing and every reason."""
    on_duty(request, Duty.KEEP_BODIES)
    form, problems = forms.TableForm(posted(request), sent_files(request)), []
    if form.is_valid():
        try:
            with transaction.atomic():
                done = take(form.cleaned_data["file"], why=form.cleaned_data["why"], by=staff(request))
            told = _("导入好了：新增 %(added)d，修改 %(corrected)d，新记名称 %(named)d，没有变化 %(same)d。")
            return page(request, "desk/address_table.html", then=reverse("addresses"), said=told % vars(done))
        except TableRefused as no:
            problems = no.problems
            refusal(form, no)
        except Refused as no:
            refusal(form, no)
    more = max(len(problems) - MOST_TOLD, 0)
    return page(request, "desk/address_table.html", form=form, problems=problems[:MOST_TOLD], more=more)


@require_POST
@acting
def export_addresses(request: HttpRequest) -> HttpResponseBase:
    """What the filters let through, as a table that can be brought in again."""
    on_duty(request, Duty.KEEP_BODIES)
    asked = Asked(request.GET)
    return sending.sent(asked.found, what=asked.words, format=request.POST.get("format", ""), by=staff(request))


# ── changes of one address ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Change:
    """One change as a page: which form, which command, what is said when it is done, and when it is offered."""

    name: str
    title: Any
    form: type[forms.ChangeForm]
    command: Callable[..., Any]
    said: Any
    icon: str
    _: KW_ONLY
    in_force: bool = True  # whether it is for addresses in force, or for retired ones
    stop: bool = False

    def is_offered(self, address: Address) -> bool:
        return address.is_in_force == self.in_force


def _drop(address: Address, *, alias: Any, **facts: Any) -> None:
    commands.drop_alias(alias, **facts)


CHANGES = (
    Change("correct", gettext_lazy("更正"), forms.CorrectForm, commands.correct, gettext_lazy("改好了。"), "pencil"),
    Change("alias", gettext_lazy("记一个名称"), forms.AliasForm, commands.add_alias, gettext_lazy("记好了。"), "tag"),
    Change("unalias", gettext_lazy("去掉名称"), forms.DropAliasForm, _drop, gettext_lazy("去掉了。"), "tag-off"),
    Change("merge", gettext_lazy("并入另一个地址"), forms.MergeForm, merging.merge, gettext_lazy("并好了。"), "arrow-merge"),
    Change("split", gettext_lazy("拆分"), forms.SplitForm, commands.split, gettext_lazy("拆好了。"), "arrows-split"),
    Change(
        "retire", gettext_lazy("停用这个地址"), forms.ChangeForm, commands.retire, gettext_lazy("停用了。"), "map-pin-off",
        stop=True,
    ),
    Change(
        "reopen", gettext_lazy("恢复使用"), forms.ChangeForm, merging.reopen, gettext_lazy("恢复了。"), "arrow-back-up",
        in_force=False,
    ),
)  # fmt: skip


@acting
@idempotent_form
def _change(request: HttpRequest, address: str, *, change: Change) -> HttpResponse:
    """The page of one change. One that is not possible now answers 409 with the reason."""
    on_duty(request, Duty.KEEP_BODIES)
    found = _address(address)
    here = {"address": found, "change": change, "title": change.title, "back": reverse("address", args=[found.code])}
    if request.method == "GET" and not change.is_offered(found):
        reason = _("这个地址已经停用，要改先恢复。") if change.in_force else _("这个地址在用着，不用恢复。")
        return page(request, "desk/address_act.html", status=409, reason=reason, **here)
    form = change.form(posted(request), address=found)
    if form.is_valid():
        with refusing(form):
            change.command(found, **form.facts, by=staff(request))
            return page(request, "desk/address_act.html", then=str(here["back"]), said=str(change.said))
    return page(request, "desk/address_act.html", form=form, **here)


def routes(at: str) -> list[URLPattern]:
    """An address each for every change."""
    return [
        path(f"{at}{change.name}/", partial(_change, change=change), name=f"address_{change.name}")
        for change in CHANGES
    ]


def _address(code: str) -> Address:
    return get_object_or_404(Address.objects.with_places(), code=code)
