"""Read district.yaml, the head of a district's folder: which county, which levels, which sources."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused

from .csv_files import text_of
from .problems import Findings
from .schema import FORMAT, KEY, LEVEL, Read, words

FILE = "district.yaml"
WIDTHS = (6, 9, 12, 15)  # digits of a code that belong to a county, a town, a village, a grid
REQUIRED = ("format", "code", "name", "center", "levels", "sources")
KNOWN = (*REQUIRED, "notes")


@dataclass(frozen=True)
class LevelRow:
    key: str
    name: str
    rank: int
    width: int


@dataclass(frozen=True)
class Head:
    """What district.yaml says."""

    code: str  # six digits
    name: str
    center: str
    levels: tuple[LevelRow, ...]
    sources: frozenset[str]

    def level(self, key: str) -> LevelRow | None:
        return next((level for level in self.levels if level.key == key), None)


def read_head(folder: Path, found: Findings) -> Head | None:
    """The head, or None once the reasons are among the findings."""
    path = folder / FILE
    if not path.exists():
        found.add(FILE, 0, _("缺少这个文件"))
        return None
    text = text_of(path, found)
    root = _parsed(text, found) if text is not None else None
    if root is None:
        return None
    before = len(found.problems)
    fields = _fields(root, found, KNOWN)
    for name in REQUIRED:
        if name not in fields:
            found.add(FILE, 1, _("缺少“%(name)s”") % {"name": name})
    if len(found.problems) > before:
        return None
    return _head(fields, found)


def _head(fields: dict[str, yaml.Node], found: Findings) -> Head | None:
    before = len(found.problems)
    if _text(fields["format"]) != str(FORMAT):
        found.add(FILE, _line(fields["format"]), _("format 应是 %(n)d") % {"n": FORMAT})
    code = _checked(fields["code"], _county, found)
    name = _checked(fields["name"], words(60), found)
    center = _checked(fields["center"], KEY, found)
    levels = tuple(_levels(fields["levels"], found))
    sources = frozenset(_fields(fields["sources"], found, None))
    if not sources:
        found.add(FILE, _line(fields["sources"]), _("sources 至少要有一个出处"))
    return Head(code, name, center, levels, sources) if len(found.problems) == before else None


def _levels(node: yaml.Node, found: Findings) -> Iterator[LevelRow]:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        found.add(FILE, _line(node), _("levels 应是一列层级，从区到网格"))
        return
    seen: set[str] = set()
    last = 0
    for rank, item in enumerate(node.value, 1):
        before = len(found.problems)
        fields = _fields(item, found, ("key", "rank", "width", "name"))
        if missing := [name for name in ("key", "rank", "width", "name") if name not in fields]:
            found.add(FILE, _line(item), _("层级缺少“%(name)s”") % {"name": "、".join(missing)})
            continue
        key = _checked(fields["key"], LEVEL, found)
        name = _checked(fields["name"], words(20), found)
        if _text(fields["rank"]) != str(rank):
            found.add(FILE, _line(item), _("层级要从 1 起按顺序排，这里应是 rank: %(n)d") % {"n": rank})
        width = int(_text(fields["width"])) if _text(fields["width"]) in map(str, WIDTHS) else 0
        if width < last or not width:
            found.add(FILE, _line(item), _("width 应是 6、9、12 或 15，并且不小于上一级"))
        if key in seen:
            found.add(FILE, _line(item), _("层级 %(key)s 出现了两次") % {"key": key})
        seen.add(key)
        last = width
        if len(found.problems) == before:
            yield LevelRow(key, name, rank, width)


def _county(text: str) -> str:
    if not re.fullmatch(r"[0-9]{6}", text):
        raise Refused(_("“%(text)s”应是六位区划代码，写在引号里") % {"text": text[:40]})
    return text


def _checked(node: yaml.Node, read: Read, found: Findings) -> Any:
    text = _text(node)
    try:
        if not text:
            raise Refused(_("应是一段文字，不能空着"))
        return read(text)
    except Refused as refused:
        found.add(FILE, _line(node), str(refused))
        return ""


def _parsed(text: str, found: Findings) -> yaml.Node | None:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        found.add(FILE, line, _("YAML 写法有误：%(reason)s") % {"reason": error.problem})
        return None
    except (yaml.YAMLError, RecursionError) as error:
        found.add(FILE, 0, _("YAML 写法有误：%(reason)s") % {"reason": error})
        return None
    if not isinstance(node, yaml.MappingNode):
        found.add(FILE, 1, _("应是“名称: 值”的清单"))
        return None
    return node


def _fields(node: yaml.Node, found: Findings, known: tuple[str, ...] | None) -> dict[str, yaml.Node]:
    """The entries of a mapping by name; a name that is unknown or said twice is a finding."""
    fields: dict[str, yaml.Node] = {}
    if not isinstance(node, yaml.MappingNode):
        found.add(FILE, _line(node), _("应是“名称: 值”的清单"))
        return fields
    for key, value in node.value:
        name = _text(key)
        if name in fields:
            found.add(FILE, _line(key), _("“%(name)s”出现了两次") % {"name": name[:40]})
        if known is not None and name not in known:
            found.add(FILE, _line(key), _("不认识的名称“%(name)s”") % {"name": name[:40]})
        fields[name] = value
    return fields


def _text(node: yaml.Node) -> str:
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""


def _line(node: yaml.Node) -> int:
    return node.start_mark.line + 1
