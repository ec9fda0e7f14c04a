"""An entry in words: as the change log, the export and the history show it. What is sealed is named, never quoted."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.kernel.secrets import keyed_digest
from fengqiao.people.models import RosterEntry

from .drafts import FIELDS, SEALED, WORDS


def told(entry: RosterEntry) -> dict[str, str]:
    """Every field of the entry as text, by name. Of a sealed one only a keyed mark, to see whether it was changed."""
    values = {name: entry.body_id if name == "body" else getattr(entry, name) for name in FIELDS}
    return {name: _mark(str(value)) if name in SEALED else _text(value) for name, value in values.items()}


def what_changed(names: Iterable[str]) -> str:
    """擅长、语言"""
    return "、".join(str(WORDS[name]) for name in WORDS if name in set(names))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def _mark(value: str) -> str:
    return keyed_digest(value.encode()) if value else ""
