"""One table as a spreadsheet: taken away as it stands, and read as it comes back."""

from pathlib import Path

from django.db import transaction
from django.http import HttpResponse

from fengqiao.ledger import book
from fengqiao.people.duties import Duty, require
from fengqiao.people.models import User
from fengqiao.tables import Column, Holds, Layout, refuse_unknown, rows_of_upload
from fengqiao.tables.files import Sent
from fengqiao.web.downloads import table_file

from .cells import day
from .events import DistrictDownloaded
from .present import rows_of
from .proposals import Wanted
from .schema import Table
from .titles import Titles, heading

MOST_ROWS = 5_000  # what differs of them is carried through the preview


def sent(table: Table, *, format: str, by: User) -> HttpResponse:
    """The file with exactly the columns of the format, after it was put on record. Refused for an unknown format."""
    require(by, Duty.KEEP_DISTRICT)
    refuse_unknown(format)
    columns, rows = rows_of(table)
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        book.append("user", by.pk, DistrictDownloaded(table=table.file, rows=len(rows), format=format), by=by)
    cells = [columns, *([row[name] for name in columns] for row in rows.values())]
    return table_file({str(Titles(table.file).label): cells}, name=Path(table.file).stem, format=format)


def received(table: Table, upload: Sent) -> list[Wanted]:
    """The rows of an uploaded table; lines that begin with # are passed over. Raises FileRefused for what is no such table."""
    found = rows_of_upload(upload, _layout(table))
    return [Wanted(line, cells) for line, cells in found if not next(iter(cells.values())).startswith("#")]


def _layout(table: Table) -> Layout:
    """The table's own columns, and those that the district has added to it."""
    names = [column.name for column in table.columns]
    added = [name for name in rows_of(table)[0] if name not in names] if table.may_add else []
    columns = {name: Column(heading(table, name), _holds(table, name)) for name in (*names, *added)}
    return Layout(columns=columns, needed=table.key, most=MOST_ROWS, closed=True)


def _holds(table: Table, name: str) -> Holds:
    column = table.column(name)
    return Holds.DAY if column and column.read is day else Holds.TEXT
