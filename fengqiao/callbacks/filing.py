"""The order of a file: every paper with its number and its pages, and the sheets that the file adds around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused
from fengqiao.ledger.hashing import digest_of_bytes
from fengqiao.papers.models import Origin, Paper
from fengqiao.papers.typeset import page_count, typeset

UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
LONGEST_NAME = 40


@dataclass(frozen=True)
class Member:
    """One file of the package: its bytes, or where they lie."""

    path: str
    size: int
    sha256: str
    data: bytes | None = None
    source: Path | None = None

    def read(self) -> bytes:
        return self.data if self.data is not None else self.source.read_bytes()  # type: ignore[union-attr]


@dataclass(frozen=True)
class Filed:
    """A member that stands in the index, with the pages it takes up."""

    n: int
    title: str
    member: Member
    first: int
    last: int
    note: str = ""
    paper: Paper | None = None

    @property
    def pages(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def of_bytes(path: str, data: bytes) -> Member:
    return Member(path, len(data), digest_of_bytes(data), data=data)


def sheet(form: str, data: dict[str, Any], *, path: str, at: datetime) -> tuple[Member, int]:
    """A typeset sheet of the file itself, and how many pages it has."""
    pdf = typeset(form, data, timestamp=at)
    return of_bytes(path, pdf), page_count(pdf)


def digits(papers: Sequence[Paper]) -> int:
    """How many digits the numbers of this file need to sort as they count: cover, index and three sheets more."""
    return max(2, len(str(len(papers) + 4)))


def numbered(papers: Sequence[Paper]) -> list[Filed]:
    """The papers in the order of the file, numbered from 2 on (0 and 1 are cover and index), pages from 1 on."""
    filed: list[Filed] = []
    width = digits(papers)
    for paper in papers:
        filed.append(
            after(
                filed, paper.title, paper.pages, _member(paper, len(filed) + 2, width), note=_note(paper), paper=paper
            )
        )
    return filed


def after(filed: Sequence[Filed], title: str, pages: int, member: Member, **more: Any) -> Filed:
    """The next thing in the index."""
    first = filed[-1].last + 1 if filed else 1
    return Filed(len(filed) + 1, title, member, first, first + pages - 1, **more)


def file_name(n: int, title: str, extension: str, width: int = 2) -> str:
    """05-调解记录（第 2 次）.pdf: a name that every system can write."""
    return f"{n:0{width}}-{UNFIT.sub(' ', title).strip(' .')[:LONGEST_NAME].strip()}.{extension}"


def _member(paper: Paper, n: int, width: int) -> Member:
    """The paper's file, unless it is no longer what its row says."""
    if not paper.path.exists() or digest_of_bytes(paper.read()) != paper.sha256:
        raise Refused(_("“%(title)s”的文件和登记的校验值不一致，不能归档。请先查明原因。") % {"title": paper.title})
    return Member(file_name(n, paper.title, paper.extension, width), paper.size, paper.sha256, source=paper.path)


def _note(paper: Paper) -> str:
    return "\n".join(word for word in (paper.number, _("上传件") if paper.origin == Origin.UPLOAD else "") if word)
