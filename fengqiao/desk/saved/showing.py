"""Saved views as they stand above a list: links with names, the one that is open marked. No numbers: those would be a question each."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from fengqiao.desk.models import Listing, SavedView, StartView
from fengqiao.web.actors import staff

from .commands import asked


@dataclass(frozen=True)
class Shelf:
    """The views of one list for one reader, and how the list stands now."""

    listing: Listing
    views: list[SavedView]
    now: str  # the query of the list as it is open

    @property
    def links(self) -> list[tuple[SavedView, str, bool]]:
        return [(view, address_of(view), view.query == self.now) for view in self.views]

    @property
    def open(self) -> SavedView | None:
        """The view that the list shows just now."""
        return next((view for view in self.views if view.query == self.now), None)


def shelf_of(request: HttpRequest, listing: Listing) -> Shelf:
    """One question to the database."""
    found = SavedView.objects.of(staff(request)).filter(listing=listing)
    return Shelf(listing, list(found), asked(request.GET))


def address_of(view: SavedView) -> str:
    """The list with the filters of the view."""
    return f"{reverse(view.listing)}?{view.query}" if view.query else f"{reverse(view.listing)}?plain"


def start_of(request: HttpRequest, listing: Listing) -> str:
    """Where the list opens for this reader, if it was asked for without a word; else nothing."""
    if request.GET:
        return ""
    user = staff(request)
    found = StartView.objects.filter(user=user, listing=listing, view__in=SavedView.objects.of(user))
    start = found.select_related("view").first()
    return address_of(start.view) if start else ""
