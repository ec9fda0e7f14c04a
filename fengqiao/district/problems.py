"""What is wrong with a district's folder: each problem with its file, its line and the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import ngettext


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong. Line 0 means the file as a whole."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}" if self.line else f"{self.file}: {self.why}"


class Broken(Exception):
    """A folder that cannot be loaded. Carries every problem that was found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(set(problems))
        lines = [str(problem) for problem in self.problems]
        total = ngettext(
            "共 %(n)d 处问题，什么都没有载入。", "共 %(n)d 处问题，什么都没有载入。", len(lines)
        )  # fmt: skip
        super().__init__("\n".join([*lines, total % {"n": len(lines)}]))


@dataclass
class Findings:
    """Problems as they are found."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, file: str, line: int, why: str) -> None:
        self.problems.append(Problem(file, line, str(why)))

    def stop_if_any(self) -> None:
        if self.problems:
            raise Broken(self.problems)
