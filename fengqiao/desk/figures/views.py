"""统计: the figures of one's own body, or of all bodies of the region that one's body coordinates."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fengqiao.bodies.models import Body
from fengqiao.desk.commands import record_figures
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import Role, User
from fengqiao.tables import refuse_unknown
from fengqiao.web.actors import staff
from fengqiao.web.downloads import table_file
from fengqiao.web.http import acting, page

from .counting import COLUMNS, THROUGHPUT, VIEWS, Line, Share, lines, together
from .period import Period, asked_for, usual


@require_GET
@acting
def figures(request: HttpRequest) -> HttpResponse:
    """A table: a line for each body, by the name it bore; the formula of every figure below it."""
    bodies, today, view = bodies_for(staff(request)), timezone.localdate(), _view(request)
    try:
        period, wrong = asked_for(request.GET, today), ""
    except Refused as refused:
        period, wrong = asked_for({}, today), str(refused)
    rows = lines(bodies, period)
    return page(
        request, "desk/figures.html", period=period, wrong=wrong, usual=usual(today), view=view, views=VIEWS,
        columns=COLUMNS[view], rows=[(row, row.cells(view)) for row in rows], total=together(rows).cells(view),
        several=len(bodies) > 1, silent=len(bodies) - len({row.body for row in rows}), n=len(bodies),
    )  # fmt: skip


@require_POST
@acting
def export_figures(request: HttpRequest) -> HttpResponse:
    """The same as a file, every rate with what it was computed from."""
    bodies, view, format = bodies_for(staff(request)), _view(request), request.POST.get("format", "")
    refuse_unknown(format)
    period = asked_for(request.GET, timezone.localdate())
    rows = lines(bodies, period)
    record_figures(what=f"{period}，{VIEWS[view]}", rows=len(rows), format=format, by=staff(request))
    tables = {_("统计"): _table(rows, view, period), _("怎么算的"): _formulas(view)}
    return table_file(tables, name="figures", format=format)


def bodies_for(reader: User) -> list[Body]:
    """Whose figures somebody may read. PermissionDenied for who has nothing to do with disputes."""
    body = reader.body
    if body is None or not (reader.works_cases or reader.role == Role.LEADER):
        raise PermissionDenied(_("统计给办理纠纷的人和领导看。"))
    if body.coordinates and (reader.oversees or reader.role == Role.LEADER):
        found = Body.objects.filter(region__code__range=body.region.span, is_slot=False)
        return list(found.select_related("region").order_by("region__code", "pk"))
    return [body]


def _view(request: HttpRequest) -> str:
    asked = request.GET.get("view", THROUGHPUT)
    return asked if asked in VIEWS else THROUGHPUT


def _table(rows: list[Line], view: str, period: Period) -> Iterator[list[object]]:
    columns = COLUMNS[view]
    yield [str(period)]
    head: list[object] = [_("单位")]
    for column in columns:
        head += [column.title, _("分子"), _("分母")] if column.whole else [column.title]
    yield head
    for row in [*rows, together(rows)]:
        line: list[object] = [row.name]
        for _column, cell in row.cells(view):
            line += [str(cell), cell.part, cell.whole] if isinstance(cell, Share) else [cell]
        yield line


def _formulas(view: str) -> Iterator[list[object]]:
    for column in COLUMNS[view]:
        yield [column.title, column.formula]
