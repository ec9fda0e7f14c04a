"""Read district.yaml, the head of a district's folder: which county, which levels, which sources."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from fengqiao.intake.queue.rules import NAMES, Rules
from fengqiao.kernel.errors import Refused
from fengqiao.people.roster.models import TERM_YEARS

from . import yaml_nodes as nodes
from .cells import KEY, LEVEL, Read, words
from .csv_files import text_of
from .problems import Findings
from .schema import FORMAT
from .yaml_nodes import line_of, parsed, text_in

FILE = "district.yaml"
WIDTHS = (6, 9, 12, 15)  # digits of a code that belong to a county, a town, a village, a grid
REQUIRED = ("format", "code", "name", "center", "levels", "sources")
KNOWN = (*REQUIRED, "notes", "queue", "roster", "messages")
MOST_MINUTES = 480
OF_MESSAGES = ("quiet_from", "quiet_until")
OF_ROSTER = ("reviewer", "grades", "languages", "term_years")


@dataclass(frozen=True)
class LevelRow:
    key: str
    name: str
    rank: int
    width: int


@dataclass(frozen=True)
class RosterSaid:
    """What the county decides about its roster of mediators; what it leaves unsaid is built in."""

    is_said: bool = False
    reviewer: str = ""  # key of a body
    grades: list[list[str]] = field(default_factory=list)  # key, name
    languages: list[list[str]] = field(default_factory=list)
    years: int = TERM_YEARS


@dataclass(frozen=True)
class Head:
    """What district.yaml says."""

    code: str  # six digits
    name: str
    center: str
    levels: tuple[LevelRow, ...]
    documents: dict[str, str]  # what a source is called -> which document that is
    notes: list[str]
    roster: RosterSaid = RosterSaid()
    queue: Mapping[str, Any] = field(default_factory=dict)  # fengqiao/intake/queue/rules.py
    messages: Mapping[str, time] = field(default_factory=dict)  # between which hours nobody is disturbed

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(self.documents)

    def level(self, key: str) -> LevelRow | None:
        return next((level for level in self.levels if level.key == key), None)


def read_head(folder: Path, found: Findings) -> Head | None:
    """The head, or None once the reasons are among the findings."""
    path = folder / FILE
    if not path.exists():
        found.add(FILE, 0, _("缺少这个文件"))
        return None
    text = text_of(path, found)
    return head_in(text, found) if text is not None else None


def head_in(text: str, found: Findings) -> Head | None:
    """The head that the text of district.yaml is, or None once the reasons are among the findings."""
    root = parsed(text, FILE, found)
    if root is None:
        return None
    before = len(found.problems)
    told = nodes.fields(root, FILE, found, KNOWN)
    for name in REQUIRED:
        if name not in told:
            found.add(FILE, 1, _("缺少“%(name)s”") % {"name": name})
    if len(found.problems) > before:
        return None
    return _head(told, found)


def _head(told: dict[str, yaml.Node], found: Findings) -> Head | None:
    before = len(found.problems)
    if text_in(told["format"]) != str(FORMAT):
        found.add(FILE, line_of(told["format"]), _("format 应是 %(n)d") % {"n": FORMAT})
    code = _checked(told["code"], _county, found)
    name = _checked(told["name"], words(60), found)
    center = _checked(told["center"], KEY, found)
    levels = tuple(_levels(told["levels"], found))
    documents = {name: text_in(node) for name, node in nodes.fields(told["sources"], FILE, found, None).items()}
    if not documents:
        found.add(FILE, line_of(told["sources"]), _("sources 至少要有一个出处"))
    notes = _notes(told["notes"], found) if "notes" in told else []
    queue = _queue(told["queue"], found) if "queue" in told else {}
    roster = _roster(told["roster"], found) if "roster" in told else RosterSaid()
    messages = _messages(told["messages"], found) if "messages" in told else {}
    if len(found.problems) > before:
        return None
    return Head(code, name, center, levels, documents, notes, roster, queue, messages)


def _notes(node: yaml.Node, found: Findings) -> list[str]:
    if not isinstance(node, yaml.SequenceNode) or not all(text_in(item) for item in node.value):
        found.add(FILE, line_of(node), _("notes 应是一列文字"))
        return []
    return [text_in(item) for item in node.value]


def _levels(node: yaml.Node, found: Findings) -> Iterator[LevelRow]:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        found.add(FILE, line_of(node), _("levels 应是一列层级，从区到网格"))
        return
    seen: set[str] = set()
    last = 0
    for rank, item in enumerate(node.value, 1):
        before = len(found.problems)
        told = nodes.fields(item, FILE, found, ("key", "rank", "width", "name"))
        if missing := [name for name in ("key", "rank", "width", "name") if name not in told]:
            found.add(FILE, line_of(item), _("层级缺少“%(name)s”") % {"name": "、".join(missing)})
            continue
        key = _checked(told["key"], LEVEL, found)
        name = _checked(told["name"], words(20), found)
        if text_in(told["rank"]) != str(rank):
            found.add(FILE, line_of(item), _("层级要从 1 起按顺序排，这里应是 rank: %(n)d") % {"n": rank})
        width = int(text_in(told["width"])) if text_in(told["width"]) in map(str, WIDTHS) else 0
        if width < last or not width:
            found.add(FILE, line_of(item), _("width 应是 6、9、12 或 15，并且不小于上一级"))
        if key in seen:
            found.add(FILE, line_of(item), _("层级 %(key)s 出现了两次") % {"key": key})
        seen.add(key)
        last = width
        if len(found.problems) == before:
            yield LevelRow(key, name, rank, width)


def _queue(node: yaml.Node, found: Findings) -> dict[str, Any]:
    """Whole numbers, 1 or 0 for yes and no, and minutes by subject."""
    values: dict[str, Any] = {}
    for name, one in nodes.fields(node, FILE, found, NAMES).items():
        if name == "minutes":
            spent = nodes.fields(one, FILE, found, None)
            values[name] = {subject: _number(minutes, found) for subject, minutes in spent.items()}
        elif isinstance(getattr(Rules, name, None), bool):
            values[name] = bool(_number(one, found, most=1))
        else:
            values[name] = _number(one, found)
    return values


def _messages(node: yaml.Node, found: Findings) -> dict[str, time]:
    """Times of day as 20:00, both or none."""
    told, before = nodes.fields(node, FILE, found, OF_MESSAGES), len(found.problems)
    for name in OF_MESSAGES:
        if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text_in(told.get(name))):
            found.add(FILE, line_of(told.get(name, node)), _('%(name)s 应是钟点，写成 "20:00"') % {"name": name})
    if len(found.problems) > before:
        return {}
    return {name: time.fromisoformat(text_in(told[name])) for name in OF_MESSAGES}


def _number(node: yaml.Node, found: Findings, most: int = MOST_MINUTES) -> int:
    text = text_in(node)
    if re.fullmatch(r"[0-9]{1,3}", text) and int(text) <= most:
        return int(text)
    found.add(FILE, line_of(node), _("“%(text)s”应是 0 到 %(most)d 的整数") % {"text": text[:40], "most": most})
    return 0


def _roster(node: yaml.Node, found: Findings) -> RosterSaid:
    told = nodes.fields(node, FILE, found, OF_ROSTER)
    years = text_in(told.get("term_years")) or str(TERM_YEARS)
    if not re.fullmatch(r"[1-9][0-9]?", years):
        found.add(FILE, line_of(node), _("term_years 应是 1 到 99 的整数"))
        years = str(TERM_YEARS)
    lists = {name: list(_pairs(told[name], found)) if name in told else [] for name in ("grades", "languages")}
    return RosterSaid(is_said=True, reviewer=text_in(told.get("reviewer")), years=int(years), **lists)


def _pairs(node: yaml.Node, found: Findings) -> Iterator[list[str]]:
    """key: name, in the order of the file."""
    for key, name in nodes.fields(node, FILE, found, None).items():
        if re.fullmatch(r"[a-z0-9_-]{1,20}", key):
            yield [key, _checked(name, words(20), found)]
        else:
            found.add(FILE, line_of(name), _("“%(key)s”应是小写字母、数字、- 和 _，最多 20 个") % {"key": key[:40]})


def _county(text: str) -> str:
    if not re.fullmatch(r"[0-9]{6}", text):
        raise Refused(_("“%(text)s”应是六位区划代码，写在引号里") % {"text": text[:40]})
    return text


def _checked(node: yaml.Node, read: Read, found: Findings) -> Any:
    text = text_in(node)
    try:
        if not text:
            raise Refused(_("应是一段文字，不能空着"))
        return read(text)
    except Refused as refused:
        found.add(FILE, line_of(node), str(refused))
        return ""
