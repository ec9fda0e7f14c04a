"""Reads YAML into nodes that know their line, so that what is wrong can be pointed at."""

import yaml
from django.utils.translation import gettext as _

from .problems import Findings


def parsed(text: str, file: str, found: Findings) -> yaml.Node | None:
    """The mapping that the file is, or None once the reason is among the findings."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        found.add(file, line, _("YAML 写法有误：%(reason)s") % {"reason": error.problem})
        return None
    except (yaml.YAMLError, RecursionError) as error:
        found.add(file, 0, _("YAML 写法有误：%(reason)s") % {"reason": error})
        return None
    if not isinstance(node, yaml.MappingNode):
        found.add(file, 1, _("应是“名称: 值”的清单"))
        return None
    return node


def fields(node: yaml.Node, file: str, found: Findings, known: tuple[str, ...] | None) -> dict[str, yaml.Node]:
    """The entries of a mapping by name; a name that is unknown (`known` None: any will do) or said twice is a finding."""
    told: dict[str, yaml.Node] = {}
    if not isinstance(node, yaml.MappingNode):
        found.add(file, line_of(node), _("应是“名称: 值”的清单"))
        return told
    for key, value in node.value:
        name = text_in(key)
        if name in told:
            found.add(file, line_of(key), _("“%(name)s”出现了两次") % {"name": name[:40]})
        if known is not None and name not in known:
            found.add(file, line_of(key), _("不认识的名称“%(name)s”") % {"name": name[:40]})
        told[name] = value
    return told


def text_in(node: yaml.Node | None) -> str:
    """What a plain value says; nothing for anything else."""
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""


def line_of(node: yaml.Node) -> int:
    return node.start_mark.line + 1
