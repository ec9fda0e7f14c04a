"""Read and check a district's whole folder before anything is saved: either a District, or every problem at once."""

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from . import checking, head_file, schema, stage_file
from .csv_files import Row, read_table
from .head_file import Head
from .problems import Broken, Findings, Problem
from .stage_file import Stage

TABLES = {table.file: table for table in schema.TABLES}


@dataclass(frozen=True)
class District:
    """A folder that was read and found whole."""

    name: str
    head: Head
    tables: dict[str, list[Row]]
    stage: Stage | None = None  # who plays whom in the demonstration

    def __getitem__(self, table: schema.Table) -> list[Row]:
        return self.tables[table.file]

    def by_key(self, table: schema.Table) -> dict[str, Row]:
        return {row[table.key[0]]: row for row in self[table] if row[table.key[0]]}


def folder_of(name: str) -> Path:
    """districts/<name>, or the folder itself when a path is given. Raises Broken when there is none."""
    folder = Path(name) if "/" in name else settings.BASE_DIR / "districts" / name
    if not re.fullmatch(r"[\w./ -]+", name) or not folder.is_dir():
        raise Broken([Problem(name, 0, _("没有这个区县文件夹。应写 districts 下的文件夹名，或者带斜杠的路径"))])
    return folder


def read(name: str) -> District:
    """The district of that name. Raises Broken with every problem in it."""
    folder = folder_of(name)
    found = Findings()
    _refuse_strangers(folder, found)
    head = head_file.read_head(folder, found)
    tables = {table.file: rows for table in schema.TABLES if (rows := read_table(folder, table, found)) is not None}
    district = assembled(folder.name, head, tables, found)
    known: dict[str, Container[str]] = {table.file: set(district.by_key(table)) for table in schema.TABLES}
    stage = stage_file.read_stage(folder, known, found)
    found.stop_if_any()
    return replace(district, stage=stage)


def assembled(name: str, head: Head | None, tables: dict[str, list[Row]], found: Findings) -> District:
    """The district that these are together; what does not hold between them goes to the findings.

    Raises Broken where a part is missing: everything that names its rows would be blamed.
    """
    if head is None or len(tables) < len(TABLES):
        raise Broken(found.problems)
    district = District(name, head, tables)
    checking.check(district, found)
    return district


def read_for(code: str) -> District | None:
    """The folder of the county with these six digits, or None where there is none. Raises Broken if it is not whole."""
    for path in sorted((settings.BASE_DIR / "districts").glob(f"*/{head_file.FILE}")):
        head = head_file.read_head(path.parent, Findings())
        if head and head.code == code:
            return read(path.parent.name)
    return None


def _refuse_strangers(folder: Path, found: Findings) -> None:
    """A file with a misspelt name would otherwise be passed over in silence."""
    for path in sorted(folder.iterdir()):
        if path.name not in {*TABLES, head_file.FILE, stage_file.FILE} and not path.name.startswith((".", "README")):
            found.add(
                path.name, 0, _("不认识的文件，应是：%(files)s") % {"files": "、".join([head_file.FILE, *TABLES])}
            )
