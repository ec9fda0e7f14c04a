"""Keeping, naming, giving away and dropping views."""

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.desk.events import ViewShared, ViewWithdrawn
from fengqiao.desk.filters import Filters
from fengqiao.desk.models import LONGEST_QUERY, Listing, SavedView, StartView
from fengqiao.desk.records import tell
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.people.models import Role, User

MOST = 20
LONGEST_NAME = 30
KEPT = ("view", *Filters.NAMES)


def asked(data: QueryDict) -> str:
    """The view and the filters of an address, in one order; nothing of where in the list one is."""
    kept = QueryDict(mutable=True)
    for name in KEPT:
        if value := data.get(name, ""):
            kept[name] = value
    return kept.urlencode()


@transaction.atomic
def save_view(listing: Listing | str, *, query: str, name: str, by: User) -> SavedView:
    """Put a list with these filters aside under a name."""
    if listing not in Listing.values:
        raise Refused(_("这张清单不能存视图。"))
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    own = SavedView.objects.filter(owner=by)
    if own.count() >= MOST:
        raise Refused(_("您已经存了 %(n)d 个视图，请先删掉不用的。") % {"n": MOST})
    kept = asked(QueryDict(query))
    if len(kept) > LONGEST_QUERY:
        raise Refused(_("条件太多了，存不下。请去掉几个再存。"))
    return SavedView.objects.create(
        owner=by, listing=listing, name=_free_name(name, listing, by), query=kept, saved_at=timezone.now()
    )


@transaction.atomic
def rename(view: SavedView, *, name: str, by: User) -> SavedView:
    """Only its owner calls it something else."""
    view = _own(view, by)
    view.name = _free_name(name, view.listing, by, but=view)
    view.save(update_fields=["name"])
    return view


@transaction.atomic
def delete(view: SavedView, *, by: User) -> None:
    """Only its owner drops it; who opens a list with it finds the plain list again."""
    _own(view, by).delete()


@transaction.atomic
def share(view: SavedView, *, by: User) -> SavedView:
    """A manager gives one of their own to everybody of the office. Given already, nothing more happens."""
    if reason := why_not_share(view, by):
        raise Refused(reason)
    view = _own(view, by)
    if view.shared_with_id != by.body_id:
        view.shared_with = by.body
        view.save(update_fields=["shared_with"])
        tell(ViewShared(view_id=view.pk, name=view.name, body=str(by.body)), by=by)
    return view


@transaction.atomic
def withdraw(view: SavedView, *, by: User) -> SavedView:
    """The owner, or a manager of the office, takes it back from the office; the owner still has it."""
    view = SavedView.objects.lock(view.pk)
    if reason := why_not_withdraw(view, by):
        raise Refused(reason)
    if view.shared_with_id:
        tell(ViewWithdrawn(view_id=view.pk, name=view.name, body=str(view.shared_with)), by=by)
        StartView.objects.filter(view=view).exclude(user=view.owner_id).delete()
        view.shared_with = None
        view.save(update_fields=["shared_with"])
    return view


@transaction.atomic
def start_with(view: SavedView, *, by: User) -> StartView:
    """Their list opens with it from now on."""
    if not SavedView.objects.of(by).filter(pk=view.pk).exists():
        raise Refused(_("没有这个视图，或者不给您用了。"))
    return StartView.objects.update_or_create(user=by, listing=view.listing, defaults={"view": view})[0]


@transaction.atomic
def start_plainly(view: SavedView, *, by: User) -> None:
    """Their list opens as it always did."""
    StartView.objects.filter(user=by, view=view).delete()


def why_not_share(view: SavedView, by: User) -> str | None:
    """The reason, in a sentence, why this person cannot give it to the office."""
    if by.role != Role.MANAGER or by.body is None:
        return _("只有单位负责人可以给全单位设视图。")
    return None if view.owner_id == by.pk else _("这是别人存的视图。可以照样存一个自己的，再给全单位用。")


def why_not_withdraw(view: SavedView, by: User) -> str | None:
    """The reason, in a sentence, why this person cannot take it back."""
    manages = by.role == Role.MANAGER and by.body_id is not None and by.body_id == view.shared_with_id
    return None if manages or view.owner_id == by.pk else _("只有存它的人或者单位负责人可以收回。")


def _own(view: SavedView, by: User) -> SavedView:
    view = SavedView.objects.lock(view.pk)
    if view.owner_id != by.pk:
        raise Refused(_("这是别人存的视图，您只能用，不能改。"))
    return view


def _free_name(name: str, listing: str, by: User, but: SavedView | None = None) -> str:
    name = normalise(name)
    if not name or len(name) > LONGEST_NAME:
        raise Refused(_("请给视图起个名字，最多 %(n)d 个字。") % {"n": LONGEST_NAME})
    same = SavedView.objects.filter(owner=by, listing=listing, name=name)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Refused(_("您已经有一个叫“%(name)s”的视图，请换个名字。") % {"name": name})
    return name
