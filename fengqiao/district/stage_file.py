"""Read demo.yaml: who plays whom in the demonstration. A district without it has none."""

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from . import yaml_nodes as nodes
from .csv_files import text_of
from .problems import Findings
from .schema import ACCOUNTS, BODIES, REGIONS, Table
from .yaml_nodes import line_of, parsed, text_in

FILE = "demo.yaml"
PEOPLE = (
    "center_clerk", "center_dispatcher", "clerk", "dispatcher", "manager", "mediator", "colleague", "village_mediator",
    "labour_mediator", "labour_manager", "neighbour_dispatcher", "neighbour_mediator", "center_manager", "window_labour",
    "window_family", "window_property", "leader",
)  # fmt: skip
BODIES_AT_PLAY = (
    "center", "town", "town_committee", "village", "second_village", "labour", "consumer", "property", "environment", "workers",
)  # fmt: skip
PLACES = ("town", "village", "second_village", "third_village", "fourth_village", "fifth_village", "neighbour_town")
NAMES = ("court", "arbitration")

Stage = dict[str, dict[str, Any]]


def read_stage(folder: Path, known: dict[str, Container[str]], found: Findings) -> Stage | None:
    """Parts with the keys of those who play them. `known` holds the keys of each table."""
    path = folder / FILE
    text = text_of(path, found) if path.exists() else None
    root = parsed(text, FILE, found) if text is not None else None
    if root is None:
        return None
    told = _all_of(root, ("people", "bodies", "places", "names"), found)
    if len(told) < 4:
        return None
    cast = _Cast(known, found)
    return {
        "people": cast.played(told["people"], PEOPLE, ACCOUNTS),
        "bodies": cast.played(told["bodies"], BODIES_AT_PLAY, BODIES),
        "places": cast.places(told["places"]),
        "names": {part: text_in(node) for part, node in _all_of(told["names"], NAMES, found).items()},
    }


@dataclass(frozen=True)
class _Cast:
    known: dict[str, Container[str]]
    found: Findings

    def played(self, node: yaml.Node, parts: tuple[str, ...], table: Table) -> dict[str, str]:
        """Each part, and the key in the table of who plays it."""
        return {part: self._key(one, part, table) for part, one in _all_of(node, parts, self.found).items()}

    def places(self, node: yaml.Node) -> dict[str, dict[str, str]]:
        """Each place with its code and what people call it."""
        told = {
            part: _all_of(one, ("code", "name"), self.found) for part, one in _all_of(node, PLACES, self.found).items()
        }
        return {
            part: {"code": self._key(one["code"], part, REGIONS), "name": text_in(one["name"])}
            for part, one in told.items()
            if len(one) == 2
        }

    def _key(self, node: yaml.Node, part: str, table: Table) -> str:
        key = text_in(node)
        if key not in self.known[table.file]:
            words = {"part": part, "key": key, "file": table.file}
            self.found.add(FILE, line_of(node), _("%(part)s：“%(key)s”不在 %(file)s 里") % words)
        return key


def _all_of(node: yaml.Node, wanted: tuple[str, ...], found: Findings) -> dict[str, yaml.Node]:
    told = nodes.fields(node, FILE, found, wanted)
    for name in wanted:
        if name not in told:
            found.add(FILE, line_of(node), _("缺少“%(name)s”") % {"name": name})
    return told
