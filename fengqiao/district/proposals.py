"""What somebody wants of one table, judged against everything that stands now: either what would change, or every wrong row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused

from .elsewhere import belongs_elsewhere
from .present import Cells, Key, Lines, Present, key_of, shown
from .problems import Findings, Problem
from .reading import District, assembled
from .schema import Table
from .titles import Titles, heading

Objections = Callable[[Table, Cells | None, Cells], Iterable[str]]
EXISTING = 1_000_000  # rows that nobody sent are counted from here


@dataclass(frozen=True)
class Wanted:
    """What a row is to say, in the columns that are spoken of; its key among them."""

    line: int
    cells: Cells


@dataclass(frozen=True)
class RowChange:
    """One row. `before` None: it is new; `after` None: it goes."""

    key: Key
    before: Cells | None
    after: Cells | None

    @property
    def changed(self) -> list[str]:
        """The columns that differ."""
        before, after = self.before or {}, self.after or {}
        return [name for name in {**after, **before} if before.get(name, "") != after.get(name, "")]


@dataclass(frozen=True)
class Wrong:
    """One row that cannot be taken. Line 0: one that nobody sent, but that does not go with what was."""

    line: int
    where: str
    why: str


class RowsRefused(Refused):
    """Nothing was changed. Carries every wrong row with its reason."""

    def __init__(self, rows: Sequence[Wrong]) -> None:
        self.rows = list(dict.fromkeys(rows))
        told = _("有 %(n)d 处不对，什么都没有改。") % {"n": len(self.rows)}
        super().__init__(told)


@dataclass(frozen=True)
class Proposal:
    """What would become of the table, and the whole district with it. `gone`: rows that an undoing takes away again."""

    table: Table
    changes: list[RowChange]
    district: District
    gone: list[Key] = field(default_factory=list)


def propose(table: Table, wanted: Iterable[Wanted]) -> Proposal:
    """Raises RowsRefused with every row that cannot be. Rows that nobody speaks of stay, and so do columns."""
    return _Judge(table, Present(), belongs_elsewhere).judge(list(wanted), [])


def propose_back(table: Table, wanted: Iterable[Wanted], gone: Iterable[Key]) -> Proposal:
    """The same of rows that were so before, and of those that were not there."""
    return _Judge(table, Present(), lambda table, before, after: ()).judge(list(wanted), list(gone))


class _Judge:
    """One table against the present."""

    def __init__(self, table: Table, now: Present, objections: Objections) -> None:
        self.table, self.now, self.rows = table, now, now.rows(table)
        self.objections = objections
        self.wrong: list[Wrong] = []

    def judge(self, wanted: list[Wanted], gone: list[Key]) -> Proposal:
        changes, lines = self._changes(wanted)
        changes += [RowChange(key, self.rows[key], None) for key in gone if key in self.rows]
        found = Findings()
        after = {one.key: one.after for one in changes}
        district = self._district(self._lines(after, lines), found)
        if found.problems:
            known = self._known()
            self.wrong += [
                Wrong(
                    one.line if one.file == self.table.file and one.line in lines else 0,
                    self._where(one, lines),
                    self._why(one),
                )
                for one in sorted(set(found.problems))
                if self._identity(one, lines) not in known
            ]
        if self.wrong:
            raise RowsRefused(self.wrong)
        return Proposal(self.table, changes, district, gone)

    def _changes(self, wanted: list[Wanted]) -> tuple[list[RowChange], dict[int, Key]]:
        """What differs, and which line speaks of which row."""
        first: dict[Key, int] = {}
        lines, changes = dict[int, Key](), list[RowChange]()
        for one in wanted:
            cells = {name: self._plain(name, cell) for name, cell in one.cells.items()}
            key = key_of(self.table, cells)
            if key in first:
                self._blame(one.line, _("与第 %(line)d 行是同一行") % {"line": first[key]})
                continue
            first[key] = one.line
            lines[one.line] = key
            before = self.rows.get(key)
            if before is not None and cells.get("phone") == shown(self.table, before).get("phone"):
                cells = {name: cell for name, cell in cells.items() if name != "phone"}  # as it was taken away
            blank = dict.fromkeys(self.now.columns(self.table), "")
            after = {**(before or blank), **cells}
            for why in self.objections(self.table, before, after):
                self._blame(one.line, why)
            if any((before or {}).get(name, "") != cell for name, cell in after.items()) or before is None:
                changes.append(RowChange(key, before, after))
        return changes, lines

    def _plain(self, name: str, cell: str) -> str:
        """The cell as it would be written; one that means nothing stays, to be blamed with all the others."""
        column = self.table.column(name)
        try:
            return column.cell(column.value(cell)) if column else cell
        except Refused:
            return cell

    def _lines(self, after: Mapping[Key, Cells | None], lines: Mapping[int, Key]) -> Lines:
        columns = list(
            dict.fromkeys([*self.now.columns(self.table), *(n for row in after.values() for n in row or ())])
        )
        line_of = {key: line for line, key in lines.items()}
        whole: dict[Key, Cells | None] = {**self.rows, **after}
        told = [
            (line_of.get(key, EXISTING + n), [row.get(name, "") for name in columns])
            for n, (key, row) in enumerate(whole.items())
            if row is not None
        ]
        return [(1, columns), *told]

    def _district(self, lines: Lines, found: Findings) -> District:
        tables = self.now.read(self.table, lines, found)
        return assembled("", self.now.head(found), tables, found)

    # ── who is to blame ───────────────────────────────────────────────────────────────────────────────────────────

    def _known(self) -> set[tuple]:
        """What does not hold already: nobody has to mend that first."""
        found = Findings()
        self._district(self._lines({}, {}), found)
        return {self._identity(one, {}) for one in found.problems}

    def _identity(self, problem: Problem, lines: Mapping[int, Key]) -> tuple:
        return problem.file, self._key(problem, lines) or problem.line, problem.why

    def _key(self, problem: Problem, lines: Mapping[int, Key]) -> Key | None:
        if problem.file != self.table.file:
            return self.now.by_line.get(problem.file, {}).get(problem.line)
        if problem.line < EXISTING:
            return lines.get(problem.line)
        return list(self.rows)[problem.line - EXISTING]

    def _where(self, problem: Problem, lines: Mapping[int, Key]) -> str:
        if problem.file == self.table.file and problem.line in lines:
            return self._line(problem.line)
        key = self._key(problem, lines)
        title = Titles(problem.file).label if problem.file in Titles.values else problem.file
        return f"{title} {' '.join(part for part in key if part)}" if key else str(title)

    def _why(self, problem: Problem) -> str:
        """A column by what it is called, with its name in the file."""
        name, colon, rest = problem.why.partition("：")
        if colon and problem.file == self.table.file and self.table.column(name):
            return f"{heading(self.table, name)}（{name}）：{rest}"
        return problem.why

    def _blame(self, line: int, why: str) -> None:
        self.wrong.append(Wrong(line, self._line(line), why))

    def _line(self, line: int) -> str:
        return _("第 %(n)d 行") % {"n": line}
