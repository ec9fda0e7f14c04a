"""Pages of a list as links that keep every other filter of the address."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class PageLink:
    """One number of the pager; no url where numbers are left out."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class PagerLook:
    """What web/pager.html draws."""

    total: int | None
    previous: str
    next: str
    links: list[PageLink]


def pager_look(request: HttpRequest, page: Any, param: str = "") -> PagerLook:
    """From a Django `Page`, or from any object with `previous_cursor`, `next_cursor` and maybe `total`."""
    if not hasattr(page, "paginator"):
        back, onward = getattr(page, "previous_cursor", None), getattr(page, "next_cursor", None)
        name = param or "cursor"
        return PagerLook(getattr(page, "total", None), _link(request, name, back), _link(request, name, onward), [])
    name, pages = param or "page", page.paginator
    numbers = pages.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [
        PageLink(str(n), _link(request, name, n) if isinstance(n, int) else "", current=n == page.number)
        for n in numbers
    ]
    back = page.previous_page_number() if page.has_previous() else None
    onward = page.next_page_number() if page.has_next() else None
    return PagerLook(pages.count, _link(request, name, back), _link(request, name, onward), links)


def _link(request: HttpRequest, name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    query = request.GET.copy()
    query[name] = str(value)
    return f"?{query.urlencode()}"
