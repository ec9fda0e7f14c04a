"""Who is acting: a member of staff who signed in, or a party who came with a code and a PIN."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from fengqiao.disputes.models import Pass
from fengqiao.disputes.passes import PartyActor
from fengqiao.people.models import User

View = Callable[..., HttpResponseBase]
KEY = "pass"


def actor_of(request: HttpRequest) -> User | PartyActor | None:
    """The person behind the request, or None."""
    if request.user.is_authenticated:
        return request.user
    return party_of(request)


def staff(request: HttpRequest) -> User:
    """The member of staff who signed in; behind SignInRequired there is always one.

    The account itself, not Django's wrapper that reads it when first asked: lists ask it a thousand times.
    """
    if not isinstance(request.user, User):
        raise Http404
    account: User = getattr(request.user, "_wrapped", request.user)
    return account


def party_of(request: HttpRequest) -> PartyActor | None:
    """The party whose pass was opened in this browser, or None."""
    pk = request.session.get(KEY)
    if pk is None:
        return None
    access = Pass.objects.select_related("party__dispute__body", "party__dispute__category").filter(pk=pk).first()
    return PartyActor(access.party) if access else None


def enter(request: HttpRequest, access: Pass) -> None:
    """Open this pass in the browser's session, under a new session key."""
    request.session.cycle_key()
    request.session[KEY] = access.pk


def leave(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def for_parties(view: View) -> View:
    """A page for one who opened a pass; without one, to the page that asks for code and PIN. Sets request.party_actor."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = party_of(request)
        if actor is None:
            return redirect("follow")
        request.party_actor = actor  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return login_not_required(wrapped)


def open_to_parties(view: View) -> View:
    """A page for staff and for parties alike; a stranger finds nothing."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if actor_of(request) is None:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(wrapped)
