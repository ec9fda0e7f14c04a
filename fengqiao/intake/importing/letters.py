"""Letters, one JSON object a line: id, text, and maybe title, date and the letter's own class of dispute."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from fengqiao.kernel.errors import FileRefused
from fengqiao.tables.files import text_lines

from .rows import Row, read_date

SCHEME = "letter"
NEEDED, OPTIONAL = ("id", "text"), ("title", "date", "dispute16")
DEEPEST = 20
TEXT_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?$)|[\[\]{}]')  # a text that never ends is one, too


def rows(path: Path) -> Iterator[Row]:
    """Every letter of the file. Raises FileRefused at the first line that is no letter at all."""
    for number, line in text_lines(path):
        if line.strip():
            yield _row(number, _object(number, line))


def _object(number: int, line: str) -> dict[str, Any]:
    if line.lstrip().startswith("["):
        raise FileRefused(_("第 %(n)d 行是一个数组。每行应是一个对象：{…}，请按行导出。") % {"n": number})
    if _deeper_than(line, DEEPEST):
        raise FileRefused(_("第 %(n)d 行一层套一层，套得太深，不像一封信。") % {"n": number})
    try:
        found = json.loads(line, parse_constant=_no_number)
    except ValueError:
        raise FileRefused(_("第 %(n)d 行不是完整的 JSON，文件可能没有传完。") % {"n": number}) from None
    if not isinstance(found, dict):
        raise FileRefused(_("第 %(n)d 行不是一个对象：{…}。") % {"n": number})
    return found


def _deeper_than(line: str, most: int) -> bool:
    """Whether brackets stand in brackets more than `most` times. Asked before reading, so that nothing overflows."""
    if line.count("[") + line.count("{") <= most:
        return False
    depth = 0
    for found in TEXT_OR_BRACKET.finditer(line):
        if found[0][0] != '"':
            depth += 1 if found[0] in "[{" else -1
        if depth > most:
            return True
    return False


def _row(number: int, letter: dict[str, Any]) -> Row:
    if missing := [name for name in NEEDED if name not in letter]:
        raise FileRefused(_("第 %(n)d 行缺少 %(names)s。") % {"n": number, "names": "、".join(missing)})
    said = {name: letter.get(name) or "" for name in (*NEEDED, *OPTIONAL)}
    for name, value in said.items():
        if not isinstance(value, str):
            raise FileRefused(_("第 %(n)d 行的 %(name)s 应是文字，却是别的。") % {"n": number, "name": name})
    try:
        asked_on = read_date(said["date"])
    except ValueError:
        wrong = {"n": number, "date": said["date"][:20]}
        raise FileRefused(_("第 %(n)d 行的日期“%(date)s”不对，应写成 2026-03-08，不能在今天以后。") % wrong) from None
    values = {"ref": said["id"], "facts": said["text"], "title": said["title"], "dispute16": said["dispute16"]}
    return Row(number, SCHEME, {**values, "channel": "letter"}, asked_on)


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)
