"""The pages: all tables, one table, one row with its form, a spreadsheet in and out, the preview, the history."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fengqiao.bodies.models import Body
from fengqiao.disputes.catalogue import CATALOGUE, SECTIONS, Rule
from fengqiao.district import sheets
from fengqiao.district.changing import Preview, Propose, change, change_with_those_that_run, preview
from fengqiao.district.meanings import Meanings
from fengqiao.district.present import TABLES, Cells, key_of, rows_of
from fengqiao.district.proposals import Wanted, propose
from fengqiao.district.schema import ACCOUNTS, BODIES, LIMITS, RULES, Table
from fengqiao.district.titles import ABOUT, LISTED, Titles, heading
from fengqiao.district.undoing import Past, entries, pasts, propose_undoing, row_name
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger.models import Entry
from fengqiao.people.duties import Duty, may, whose
from fengqiao.people.models import User
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusal, sent_files
from fengqiao.web.once import idempotent_form

from . import showing
from .forms import RENEWED, ConfirmForm, NewRuleForm, RowForm, UploadForm, packed

PER_PAGE, PER_HISTORY, LATEST, MOST_WRONG = 50, 20, 5, 100
ELSEWHERE = (ACCOUNTS, BODIES, RULES)  # where a new row is more than a row


@require_GET
@acting
def tables(request: HttpRequest) -> HttpResponse:
    """Every table: what it is, how many rows, when it was last changed here and by whom."""
    _on_duty(request)
    loaded = Body.objects.root() is not None
    rows = [_about(TABLES[file]) for file in Titles.values] if loaded else []
    return page(request, "district/tables.html", rows=rows)


@require_GET
@acting
def table(request: HttpRequest, table: str) -> HttpResponse:
    """The rows of one table, by words."""
    _on_duty(request)
    found, known = _table(table), Meanings()
    words = request.GET.get("q", "").strip()[:60]
    whole = rows_of(found)[1]
    rows = [(key, row) for key, row in whole.items() if not words or showing.has_words(row, words, found, known)]
    sheet = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    headings = [heading(found, name) for name in LISTED[Titles(found.file)]]
    return page(
        request, "district/table.html", **_titles(found), sheet=sheet, shown=showing.listed(found, list(sheet), known),
        headings=headings, words=words, may_add=found not in ELSEWHERE, story=_story(list(entries(found)[:LATEST])),
        built_in=_built_in(found, whole.values(), known),
    )  # fmt: skip


@require_GET
@acting
def row(request: HttpRequest, table: str) -> HttpResponse:
    """All that is said of one row."""
    _on_duty(request)
    found, known = _table(table), Meanings()
    columns, cells = _row(request, found)
    key = key_of(found, cells)
    told = [(heading(found, name), known.words(found, name, cells[name])) for name in columns]
    acts = {name: showing.address(f"district_{name}", found, key) for name in ("edit", "renew")}
    body = Body.objects.filter(key=key[0]).first() if found is BODIES else None
    return page(
        request, "district/row.html", **_titles(found), name=row_name(found, key, cells, known), told=told, acts=acts,
        slot=cells.get("is_slot") == "1", can_edit=found not in (ACCOUNTS, RULES), renews=found.file in RENEWED, body=body,
    )  # fmt: skip


@require_POST
@acting
def download(request: HttpRequest, table: str) -> HttpResponse:
    """The whole table as a file, put on record."""
    return sheets.sent(_table(table), format=request.POST.get("format", ""), by=_on_duty(request))


# ── what somebody wants changed ───────────────────────────────────────────────────────────────────────────────────


@acting
def add(request: HttpRequest, table: str) -> HttpResponse:
    """A new row. A limit may begin as the built-in one."""
    by, found = _on_duty(request), _table(table)
    if found in ELSEWHERE:
        raise Refused(_("新机构在“机构”里申请，新账户在“账户与窗口”里建，新规则在“分流规则”里起草。"))
    columns, _rows = rows_of(found)
    given = _of_built_in(request.GET.get("as", "")) if found is LIMITS else None
    form = RowForm(posted(request), table=found, columns=columns, row=None, given=given, known=Meanings())
    return _formed(request, found, form, by, title=_("新增一行"))


@acting
def edit(request: HttpRequest, table: str) -> HttpResponse:
    """Other values in a row that is there."""
    by, found, known = _on_duty(request), _table(table), Meanings()
    if found in (ACCOUNTS, RULES):
        raise Refused(_("账户在“账户与窗口”里改，分流规则在“分流规则”里改。"))
    columns, cells = _row(request, found)
    form = RowForm(posted(request), table=found, columns=columns, row=cells, known=known)
    name = row_name(found, key_of(found, cells), cells, known)
    lead = _("更正写错的。要换一条规则，请用“新规则从哪天起”。") if found.file in RENEWED else ""
    return _formed(request, found, form, by, title=_("修改“%(name)s”") % {"name": name}, lead=lead)


@acting
def renew(request: HttpRequest, table: str) -> HttpResponse:
    """Another rule in the place of one that holds, from a day on."""
    by, found, known = _on_duty(request), _table(table), Meanings()
    if found.file not in RENEWED:
        raise Http404
    columns, cells = _row(request, found)
    form = NewRuleForm(posted(request), table=found, columns=columns, old=cells, known=known)
    name = row_name(found, key_of(found, cells), cells, known)
    return _formed(request, found, form, by, title=_("“%(name)s”的新规则") % {"name": name})


@acting
def upload(request: HttpRequest, table: str) -> HttpResponse:
    """A table in: every wrong row, or what it would change."""
    by, found = _on_duty(request), _table(table)
    form = UploadForm(posted(request), sent_files(request))
    wrong: Sequence[Any] = ()
    if form.is_valid():
        try:
            seen = preview(propose(found, sheets.received(found, form.cleaned_data["file"])), by=by)
            return _shown(request, seen, _differing(seen))
        except Refused as no:
            refusal(form, no)
            wrong = getattr(no, "rows", ())
    return _upload_page(request, found, form, wrong)


@require_POST
@acting
@idempotent_form
def confirm(request: HttpRequest, table: str) -> HttpResponse:
    """Do what was shown."""
    by, found = _on_duty(request), _table(table)
    form = ConfirmForm(request.POST)
    form.full_clean()
    wanted = form.cleaned_data.get("rows") or []
    return _confirmed(request, form, lambda: propose(found, wanted), wanted, by=by, table=found)


# ── history ───────────────────────────────────────────────────────────────────────────────────────────────────────


@require_GET
@acting
def history(request: HttpRequest) -> HttpResponse:
    """What was changed here, the newest first."""
    _on_duty(request)
    found = TABLES.get(f"{request.GET.get('table', '')}.csv")
    sheet = Paginator(entries(found), PER_HISTORY).get_page(request.GET.get("page"))
    return page(request, "district/history.html", sheet=sheet, story=_story(list(sheet)), table=found)


@require_POST
@acting
@idempotent_form
def undo(request: HttpRequest, seq: int) -> HttpResponse:
    """First what would be put back, then, with a reason, the second change that does it."""
    by = _on_duty(request)
    entry = get_object_or_404(entries(), seq=seq)
    if "mark" not in request.POST:
        return _shown(request, preview(propose_undoing(entry), by=by), (), undoes=entry)
    form = ConfirmForm(request.POST)
    form.full_clean()
    table = TABLES[(entry.payload or {})["table"]]
    return _confirmed(request, form, lambda: propose_undoing(entry), (), by=by, table=table, undoes=entry)


# ── what the views share ──────────────────────────────────────────────────────────────────────────────────────────


def _on_duty(request: HttpRequest) -> User:
    user = staff(request)
    if not may(user, Duty.KEEP_DISTRICT):
        raise PermissionDenied(_("这一页只给%(role)s看。") % {"role": whose(Duty.KEEP_DISTRICT).label})
    return user


def _table(slug: str) -> Table:
    if (table := TABLES.get(f"{slug}.csv")) is None:
        raise Http404
    return table


def _row(request: HttpRequest, table: Table) -> tuple[list[str], Cells]:
    columns, rows = rows_of(table)
    key = tuple(request.GET.getlist("key"))
    if key not in rows:
        raise Http404
    return columns, rows[key]


def _titles(table: Table) -> dict[str, Any]:
    return {"table": showing.slug(table), "title": Titles(table.file).label, "about": ABOUT[Titles(table.file)]}


def _about(table: Table) -> dict[str, Any]:
    return {**_titles(table), "count": len(rows_of(table)[1]), "last": entries(table).first()}


def _story(found: Sequence[Entry]) -> list[tuple[Past, list[showing.ShownChange]]]:
    known = Meanings()
    return [(one, list(showing.changes(one.table, one.rows, known)) if one.table else []) for one in pasts(list(found))]


def _formed(request: HttpRequest, table: Table, form: RowForm, by: User, **told: Any) -> HttpResponse:
    """The form, or, once it is filled in well, what it would change."""
    wrong: Sequence[Any] = ()
    if form.is_valid():
        try:
            if form.is_stale:
                raise Stale(_("这一行刚被别人改过，请看一看现在的样子再改。您写的内容还在。"))
            return _shown(request, preview(propose(table, form.wanted), by=by), form.wanted)
        except Refused as no:
            refusal(form, no)
            wrong = getattr(no, "rows", ())
    return page(
        request, "district/form.html", **_titles(table), form=form, heading=told.pop("title"), wrong=wrong, **told
    )


def _shown(request: HttpRequest, seen: Preview, wanted: Sequence[Wanted], undoes: Entry | None = None) -> HttpResponse:
    """The preview with the button that confirms it. Nothing was done yet, so the answer is a page, not a way on."""
    form = ConfirmForm(initial={"mark": seen.mark, "rows": packed(wanted)})
    return _previewed(request, seen, form, undoes, status=200)


def _previewed(
    request: HttpRequest, seen: Preview, form: Form, undoes: Entry | None, status: int | None
) -> HttpResponse:
    table = seen.proposal.table
    action = (
        reverse("district_undo", args=[undoes.seq])
        if undoes
        else reverse("district_confirm", args=[showing.slug(table)])
    )
    return page(
        request, "district/preview.html", status=status, **_titles(table), form=form, action=action, undoes=undoes,
        **showing.of_preview(seen),
    )  # fmt: skip


def _confirmed(
    request: HttpRequest, form: ConfirmForm, asked: Propose, wanted: Sequence[Wanted], *, by: User, table: Table,
    undoes: Entry | None = None,
) -> HttpResponse:  # fmt: skip
    """Done; or the preview again: with what is missing, or as it has become meanwhile."""
    if form.is_valid():
        facts = {"reason": form.cleaned_data["reason"], "seen": form.cleaned_data["mark"], "by": by}
        do = change_with_those_that_run if form.cleaned_data["move"] else change
        try:
            do(asked, **facts, undoes=undoes.seq if undoes else 0)
            said = _("撤销好了，改回了原来的样子。") if undoes else _("改好了，已经记进账本。")
            return page(
                request, "district/preview.html", then=reverse("district_table", args=[showing.slug(table)]), said=said
            )
        except Stale as no:
            refusal(form, no)
        except Refused as no:  # what was right when it was shown is so no more
            return _upload_page(request, table, UploadForm(), getattr(no, "rows", ()), reason=str(no), status=409)
    seen = preview(asked(), by=by)
    form.data = {**request.POST.dict(), "mark": seen.mark, "rows": packed(wanted)}
    return _previewed(request, seen, form, undoes, status=None)


def _upload_page(
    request: HttpRequest, table: Table, form: Form, wrong: Sequence[Any], **told: Any
) -> HttpResponse:  # fmt: skip
    return page(
        request, "district/upload.html", **_titles(table), form=form, wrong=wrong[:MOST_WRONG], **told,
        more=max(len(wrong) - MOST_WRONG, 0), columns=[(name, heading(table, name)) for name in rows_of(table)[0]],
    )  # fmt: skip


def _differing(seen: Preview) -> list[Wanted]:
    """The rows of an upload that say something new; the others need not be carried along."""
    key = seen.proposal.table.key
    return [
        Wanted(n, {name: cells[name] for name in dict.fromkeys((*key, *one.changed))})
        for n, one in enumerate(seen.changes, 1)
        if (cells := one.after) is not None
    ]


def _built_in(table: Table, rows: Any, known: Meanings) -> list[tuple[str, list[dict[str, Any]]]]:
    """The limits that nobody has replaced, by what they belong to."""
    if table is not LIMITS:
        return []
    own = {row["key"] for row in rows}
    found = [(str(title), [_told_of(rule) for rule in rules if rule.key not in own]) for title, rules in SECTIONS]
    return [(title, rules) for title, rules in found if rules]


def _told_of(rule: Rule) -> dict[str, Any]:
    return {
        "key": rule.key, "name": rule.name, "length": rule.limit, "basis": rule.limit.basis if rule.limit else "",
        "begins": rule.begins, "doubt": rule.doubt,
    }  # fmt: skip


def _of_built_in(key: str) -> Cells | None:
    rule = CATALOGUE.get(key)
    if rule is None:
        return None
    if rule.limit is None:
        return {"key": key}
    flags = {"exclude_start_day": rule.limit.exclude_start_day, "roll": rule.limit.roll}
    return {
        "key": key,
        "n": str(rule.limit.n),
        "unit": rule.limit.unit.value,
        **{name: str(int(on)) for name, on in flags.items()},
    }
