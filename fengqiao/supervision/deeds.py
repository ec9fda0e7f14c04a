"""What is done to an order, a leader's case, a conference, an incident or a lapse: one small form each, and back to its page."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET

from fengqiao.people.models import User
from fengqiao.web.actors import staff
from fengqiao.web.fields import LaidOut
from fengqiao.web.http import View, acting, page, posted, refusing, sent_files
from fengqiao.web.once import idempotent_form


class DeedForm(LaidOut):
    """The facts of one deed, and the version that the person was looking at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, thing: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thing, self.actor = thing, actor
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the thing and on who acts."""

    def offer(self, name: str, found: QuerySet[Any]) -> None:
        """Let a field choose among these rows."""
        field: Any = self.fields[name]
        field.queryset = found


class UnseenForm(DeedForm):
    """For what has no version of its own: done twice, it is done once."""

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in super().facts.items() if name != "seen"}


@dataclass(frozen=True)
class Deed:
    """One thing that can be done: which form, which command, who may now."""

    title: Any
    form: type[DeedForm]
    command: Callable[..., Any]
    said: Any
    may: Callable[[Any, User], bool]  # whether it is offered to this person now; the command has the last word
    _: KW_ONLY
    icon: str = "check"
    primary: bool = False
    stop: bool = False


@dataclass(frozen=True)
class Offered:
    """A deed as a button."""

    deed: Deed
    url: str


@dataclass(frozen=True)
class Kind:
    """A kind of thing: which of them this reader may see, where its page is, what can be done to it."""

    rows: Callable[[User], QuerySet[Any]]
    deeds: Mapping[str, Deed]
    address: str  # name of the address of its deeds
    home: Callable[[Any], str]  # the page to go back to
    among: str  # name of the list that it stands in, for who no longer sees it

    def get(self, user: User, pk: int) -> Any:
        return get_object_or_404(self.rows(user), pk=pk)

    def offers(self, thing: Any, user: User) -> list[Offered]:
        """What this person can do to it now."""
        return [
            Offered(deed, reverse(self.address, args=[thing.pk, name]))
            for name, deed in self.deeds.items()
            if deed.may(thing, user)
        ]


def deed_view(kind: Kind) -> View:
    """The page of one deed. Http404 for what is not there for this person, and for a deed that is not theirs now."""

    @acting
    @idempotent_form
    def view(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        user = staff(request)
        thing, asked = kind.get(user, pk), kind.deeds.get(deed)
        if asked is None:
            raise Http404
        form = asked.form(posted(request), sent_files(request), thing=thing, actor=user)
        if not form.is_valid() and not asked.may(thing, user):
            raise Http404
        here = {
            "thing": thing,
            "asked": asked,
            "back": SimpleLazyObject(lambda: kind.home(thing)),
            "draft": f"{deed}-{pk}",
        }
        if form.is_valid():
            with refusing(form):
                asked.command(thing, **form.facts, by=user)
                still = kind.rows(user).filter(pk=pk).exists()
                then = kind.home(thing) if still else reverse(kind.among)
                return page(request, "supervision/deed.html", then=then, said=str(asked.said))
        return page(request, "supervision/deed.html", form=form, **here)

    return view


def thing_view(kind: Kind, template: str, more: Callable[[Any, User], dict[str, Any]]) -> View:
    """The page of one thing, with what can be done to it."""

    @require_GET
    @acting
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        user = staff(request)
        thing = kind.get(user, pk)
        return page(request, template, thing=thing, offers=kind.offers(thing, user), **more(thing, user))

    return view
