"""The pages of the rules: the version in force, those before it, the draft with what is wrong with it, the trial, publishing."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fengqiao.ledger.models import Entry
from fengqiao.people.models import User
from fengqiao.routing.events import SUBJECT
from fengqiao.routing.models import RuleBook
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

from . import books, showing
from .book import Book, Rule
from .forms import PublishForm, RuleForm, as_initial
from .keepers import publishes_rules, reads_rules, writes_rules
from .trying import try_out
from .world import Names

PER_PAGE, PER_HISTORY, STORY = 50, 20, 30


@require_GET
@acting
def rules(request: HttpRequest) -> HttpResponse:
    """The version in force."""
    user, newest = _reader(request), RuleBook.objects.published().first()
    return _table(request, newest.book if newest else books.in_force(), newest, user)


@require_GET
@acting
def version(request: HttpRequest, version: int) -> HttpResponse:
    """An older version, or the one in force by its number."""
    user = _reader(request)
    found = get_object_or_404(RuleBook.objects.select_related("published_by"), version=version)
    return _table(request, found.book, found, user)


@require_GET
@acting
def history(request: HttpRequest) -> HttpResponse:
    """Every version, the newest first."""
    _reader(request)
    found = RuleBook.objects.published().select_related("published_by")
    sheet = Paginator(found, PER_HISTORY).get_page(request.GET.get("page"))
    return page(request, "routing/rules/history.html", sheet=sheet)


@acting
def draft(request: HttpRequest) -> HttpResponse:
    """The draft with what is wrong with it; POST begins one."""
    user = _writer(request)
    if request.method == "POST":
        books.draft(by=user)
        return redirect("rules_draft")
    found = RuleBook.objects.draft()
    if found is None:
        return redirect("rules")
    return _draft_page(request, found)


@acting
@idempotent_form
def add(request: HttpRequest) -> HttpResponse:
    """One rule more."""
    _writer(request)
    last = max((rule.rank for rule in _draft().book.rules), default=0)
    return _rule_page(request, {"rank": last + 1}, books.add, _("加一条规则"), _("加好了。"))


@acting
@idempotent_form
def edit(request: HttpRequest, n: int) -> HttpResponse:
    """Another wording or condition of a rule."""
    _writer(request)
    rules = _draft().book.rules
    if not 1 <= n <= len(rules):
        raise Http404

    def changed(draft: RuleBook, rule: Rule, **how: Any) -> RuleBook:
        return books.change(draft, n, rule, **how)

    return _rule_page(request, as_initial(rules[n - 1]), changed, _("改第 %(n)d 条规则") % {"n": n}, _("改好了。"))


@require_POST
@acting
def move(request: HttpRequest, n: int) -> HttpResponse:
    """One rank up or down; the button that was pressed stays under the fingers."""
    by, before = _writer(request), _draft()
    rule = before.book.rule(n) if 1 <= n <= len(before.rules) else None
    up = request.POST.get("way") != "down"
    after = books.move(before, n, up=up, by=by, seen=_seen(request))
    new = next(
        (m for m, one in after.book.numbered if rule and {**one.as_json(), "rank": 0} == {**rule.as_json(), "rank": 0}),
        n,
    )
    return _draft_page(request, after, moved=(new, up), then=f"{reverse('rules_draft')}#r{new}")


@require_POST
@acting
def remove(request: HttpRequest, n: int) -> HttpResponse:
    """Without this rule."""
    by = _writer(request)
    return _draft_page(request, books.remove(_draft(), n, by=by, seen=_seen(request)), then=reverse("rules_draft"))


@require_POST
@acting
def drop(request: HttpRequest) -> HttpResponse:
    """Throw the draft away."""
    by = _writer(request)
    books.drop(_draft(), by=by, seen=_seen(request))
    return redirect("rules")


@acting
@idempotent_form
def publish(request: HttpRequest) -> HttpResponse:
    """What the draft would do to the newest thousand disputes; by somebody else than who wrote it, published."""
    user, found = _writer(request), _draft()
    form = PublishForm(posted(request), initial={"mark": books.mark_of(found)})
    if form.is_valid():
        with refusing(form):
            books.publish(found, **form.facts, by=user)
            return page(
                request, "routing/rules/publish.html", then=reverse("rules"), said=_("发布了，从现在起按新的规则建议。")
            )
    if form.is_bound:
        form.data = {**request.POST.dict(), "mark": books.mark_of(found)}  # the trial below is the new one
    now = books.in_force()
    trial = try_out(found.book, now, by=user) if publishes_rules(user) else None
    sheet = Paginator(trial.moved if trial else [], PER_PAGE).get_page(request.GET.get("page"))
    faults = books.faults(found.book)
    return page(
        request, "routing/rules/publish.html", form=form, draft=found, trial=trial, sheet=sheet, base=now,
        why_not=books.why_not_publish(found, user), stops=[one for one in faults if one.stops],
        changes=showing.changes(now, found.book, Names()),
    )  # fmt: skip


# ── what the views share ──────────────────────────────────────────────────────────────────────────────────────────


def _reader(request: HttpRequest) -> User:
    return _checked(request, reads_rules, _("分流规则给分流员、负责人和系统管理员看。"))


def _writer(request: HttpRequest) -> User:
    return _checked(request, writes_rules, _("只有区中心的负责人和系统管理员可以起草分流规则。"))


def _checked(request: HttpRequest, may: Callable[[User], bool], why: str) -> User:
    user = staff(request)
    if not may(user):
        raise PermissionDenied(why)
    return user


def _draft() -> RuleBook:
    found = RuleBook.objects.draft()
    if found is None:
        raise Http404
    return found


def _seen(request: HttpRequest) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else None


def _table(request: HttpRequest, book: Book, row: RuleBook | None, user: User) -> HttpResponse:
    newest = books.in_force().version
    sheet = Paginator(list(book.numbered), PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request, "routing/rules/rules.html", sheet=sheet, rows=showing.rows(sheet, Names()), book=book, row=row,
        is_newest=book.version == newest, writes=writes_rules(user), draft=RuleBook.objects.draft(),
    )  # fmt: skip


def _draft_page(
    request: HttpRequest, found: RuleBook, moved: tuple[int, bool] | None = None, then: str | None = None
) -> HttpResponse:
    names, faults = Names(), books.faults(found.book)
    story = Entry.objects.of(SUBJECT, found.pk).order_by("-seq")[:STORY]
    return page(
        request, "routing/rules/draft.html", "draft" if request.method == "POST" else None, then=then, draft=found,
        rows=showing.rows(found.book.numbered, names, faults), general=showing.general(faults, names), story=story,
        moved=moved, stops=len([one for one in faults if one.stops]), hints=len([one for one in faults if not one.stops]),
    )  # fmt: skip


def _rule_page(
    request: HttpRequest, initial: dict[str, Any], done: Callable[..., RuleBook], title: str, said: str
) -> HttpResponse:
    found = _draft()
    form = RuleForm(posted(request), initial={**initial, "seen": found.edition})
    if form.is_valid():
        with refusing(form):
            done(found, form.rule, by=staff(request), seen=form.cleaned_data["seen"])
            return page(request, "routing/rules/rule.html", then=reverse("rules_draft"), said=said)
    return page(request, "routing/rules/rule.html", form=form, title=title)
