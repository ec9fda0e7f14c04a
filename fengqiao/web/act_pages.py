"""The page of an act: one small form at /desk/disputes/<number>/<act>/, then its command, then back to the dispute."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User
from fengqiao.web.actors import staff
from fengqiao.web.fields import LaidOut
from fengqiao.web.http import View, acting, page, posted, refusing, sent_files
from fengqiao.web.once import idempotent_form

LONGEST = 300  # characters of a reason
DESK = "/desk/"


class ActForm(LaidOut):
    """The facts of one act, and the version that the person was looking at.

    `named` is what else the address names, such as the number of a session. `subject` is what the command is about:
    the dispute, unless `prepare` says otherwise.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput)
    from_address: tuple[str, ...] = ()  # fields that a link may fill in beforehand: /merge/?into=2026-0001

    def __init__(
        self, *args: Any, dispute: Dispute, actor: User, named: Mapping[str, int] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.dispute, self.actor, self.named = dispute, actor, named or {}
        self.subject: Any = dispute
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the dispute and on who acts."""

    def offer(self, name: str, found: QuerySet[Any]) -> None:
        """Let a field choose among these rows."""
        field: Any = self.fields[name]
        field.queryset = found


def told(label: Any, *, max_length: int = LONGEST, rows: int = 3, **kwargs: Any) -> forms.CharField:
    """A few sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=max_length, widget=widget, **kwargs)


@dataclass(frozen=True)
class ActPage:
    """One act as a page: which form, which command, what is said when it is done, what speaks against it beforehand."""

    act: Act | None  # None: the lifecycle knows nothing of it, `further` alone says why not
    form: type[ActForm]
    command: Callable[..., Any]
    said: Any
    _: KW_ONLY
    title: Any = ""  # where it is not called as the act is
    further: Callable[[Dispute, User], str | None] = lambda dispute, actor: None  # why not, beyond the lifecycle
    template: str = "web/act.html"
    back: str = "dispute"  # the page to go back to
    then: str = ""  # the page to go on to, if another one
    icon: str = ""
    stop: bool = False  # it ends something

    @property
    def name(self) -> Any:
        return self.title or (self.act and self.act.label)

    def why_not(self, dispute: Dispute, actor: User) -> str | None:
        return (self.act and dispute.why_not(self.act, actor)) or self.further(dispute, actor)

    def onward(self, dispute: Dispute, actor: User) -> str:
        """The next page, or the desk where the dispute has left this person's sight."""
        sees = Dispute.objects.visible_to(actor).filter(pk=dispute.pk).exists()
        return reverse(self.then or self.back, args=[dispute.number]) if sees else DESK


def act_page(asked: ActPage) -> View:
    """The view of one act. An act that is not possible now answers 409 with the reason and the way back."""

    @acting
    @idempotent_form
    def view(request: HttpRequest, number: str, **named: int) -> HttpResponse:
        user = staff(request)
        dispute = get_object_or_404(Dispute.objects.visible_to(user).with_names(), number=number)
        here: dict[str, Any] = {"dispute": dispute, "asked": asked, "back": reverse(asked.back, args=[number])}
        if request.method == "GET" and (reason := asked.why_not(dispute, user)):
            return page(request, asked.template, status=409, reason=reason, **here)
        given = {name: request.GET[name] for name in asked.form.from_address if name in request.GET}
        form = asked.form(posted(request), sent_files(request), dispute=dispute, actor=user, named=named, initial=given)
        if form.is_valid():
            with refusing(form):
                asked.command(form.subject, **form.facts, by=user)
                return page(request, asked.template, then=asked.onward(dispute, user), said=str(asked.said))
        return page(request, asked.template, form=form, **here)

    return view
