"""The district as it stands now, row by row as the files of its folder would have it: what screens show and changes begin from."""

from collections.abc import Mapping
from functools import cached_property

from fengqiao.kernel import masking

from . import schema
from .csv_files import Row, rows_in
from .exporting import Written, as_written, table_as_written
from .head_file import Head, head_in
from .problems import Findings
from .schema import ACCOUNTS, ADDRESSES, REGIONS, Table

Cells = dict[str, str]
Key = tuple[str, ...]
Lines = list[tuple[int, list[str]]]
# Addresses have a library of their own.
TABLES = {table.file: table for table in schema.TABLES if table is not ADDRESSES}


class Present:
    """Read once; every question is about that moment."""

    def __init__(self) -> None:
        """Refused where no district is loaded."""
        self._head, self._tables = as_written()

    def columns(self, table: Table) -> list[str]:
        return self._tables[table.file].columns

    def rows(self, table: Table) -> dict[Key, Cells]:
        """The rows by their keys, in their order."""
        return keyed(self._tables[table.file])

    def head(self, found: Findings) -> Head | None:
        return head_in(self._head, found)

    def read(self, table: Table, lines: Lines, found: Findings) -> dict[str, list[Row]]:
        """Every table as it is, but this one made of these lines. Addresses only where a place may be theirs."""
        tables = {file: self._read(written, found) for file, written in self._tables.items() if file != table.file}
        if table is not REGIONS:
            tables[ADDRESSES.file] = []
        return {**tables, table.file: rows_in(table, iter(lines), found) or []}

    def _read(self, written: Written, found: Findings) -> list[Row]:
        return rows_in(written.table, written.lines, found) or []

    @cached_property
    def by_line(self) -> dict[str, dict[int, Key]]:
        """File → line as it would be exported → key of the row that stands there."""
        return {file: dict(enumerate(self.rows(written.table), 2)) for file, written in self._tables.items()}


def rows_of(table: Table) -> tuple[list[str], dict[Key, Cells]]:
    """One table as it stands now, as people may see it: its columns, and its rows by their keys."""
    written = table_as_written(table)
    return written.columns, {key: shown(table, cells) for key, cells in keyed(written).items()}


def keyed(written: Written) -> dict[Key, Cells]:
    rows = (dict(zip(written.columns, cells, strict=True)) for cells in written.rows)
    return {key_of(written.table, row): row for row in rows}


def key_of(table: Table, cells: Mapping[str, str]) -> Key:
    return tuple(cells.get(name, "") for name in table.key)


def shown(table: Table, cells: Cells) -> Cells:
    """Telephones of staff stay masked, on the screen and in what is taken away."""
    return {**cells, "phone": masking.phone(cells["phone"])} if table is ACCOUNTS and cells["phone"] else cells
