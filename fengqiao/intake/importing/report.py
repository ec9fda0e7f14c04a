"""What became of every row: counted, and written beside the data so that each can be looked up."""

import os
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.tables import written


class Fate(StrEnum):
    REGISTERED = "registered"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


WORDS = {
    Fate.REGISTERED: gettext_lazy("登记"),
    Fate.DUPLICATE: gettext_lazy("重复"),
    Fate.REFUSED: gettext_lazy("退回"),
}


@dataclass(frozen=True)
class Outcome:
    """One row's fate. `dispute` is the number it has, or that of the one it repeats."""

    row: int
    ref: str
    fate: Fate
    dispute: str = ""
    why: str = ""
    by_this_file: bool = False  # a duplicate of what an earlier reading of this very file registered


@dataclass
class ImportReport:
    """registered + duplicate + refused = rows. `earlier` of the duplicates came from an earlier reading of this file."""

    name: str
    total: int
    outcomes: list[Outcome] = field(default_factory=list)
    path: Path | None = None

    def add(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    @property
    def rows(self) -> int:
        return len(self.outcomes)

    @property
    def registered(self) -> int:
        return self._counts[Fate.REGISTERED]

    @property
    def duplicate(self) -> int:
        return self._counts[Fate.DUPLICATE]

    @property
    def refused(self) -> int:
        return self._counts[Fate.REFUSED]

    @property
    def earlier(self) -> int:
        return sum(outcome.by_this_file for outcome in self.outcomes)

    @property
    def refusals(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.fate == Fate.REFUSED]

    @property
    def sentence(self) -> str:
        counts = {"rows": self.rows, "done": self.registered, "same": self.duplicate, "no": self.refused}
        words = _("共 %(rows)d 行：登记 %(done)d，重复 %(same)d，退回 %(no)d。") % counts
        if self.earlier:
            words += _("重复的里面有 %(n)d 行是这个文件上次已经登记的。") % {"n": self.earlier}
        return words

    def write(self) -> Path:
        """Write every row's fate to FENGQIAO_HOME/imports/<file>.report.csv, whole or not at all."""
        folder = Path(settings.FENGQIAO_HOME) / "imports"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.name}.report.csv"
        draft = path.with_suffix(".part")
        header = [_("行"), _("编号"), _("结果"), _("登记编号"), _("说明")]
        told = ([one.row, one.ref, WORDS[one.fate], one.dispute, one.why] for one in self.outcomes)
        draft.write_bytes(written({"": chain([header], told)}))
        os.replace(draft, path)
        self.path = path
        return path

    @property
    def _counts(self) -> Counter[Fate]:
        return Counter(outcome.fate for outcome in self.outcomes)
