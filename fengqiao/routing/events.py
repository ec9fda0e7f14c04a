"""What the ledger holds about the rules of routing themselves."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry

SUBJECT = "rulebook"  # a chain for each version


@entry("rules.loaded", _("{by} 从区县数据载入分流规则，成为第 {version} 版，{rules} 条。"), icon="database-import")
class RulesLoaded(Event):
    version: int
    rules: int


@entry("rules.drafted", _("{by} 起草新的分流规则，从第 {base} 版开始，{rules} 条。"), icon="pencil-plus")
class RulesDrafted(Event):
    base: int
    rules: int


@entry("rules.changed", _("{by} 改了草稿：{what}。"), icon="pencil")
class RulesChanged(Event):
    what: str
    before: dict[str, Any] | None = None  # the rule as it was, and as it is
    after: dict[str, Any] | None = None


@entry("rules.dropped", _("{by} 不要这份草稿了。"), icon="trash")
class RulesDropped(Event):
    rules: int


@entry(
    "rules.published",
    _("{by} 发布第 {version} 版分流规则：{note}。试算 {tried} 件，{moved} 件会换单位。"),
    icon="check",
)
class RulesPublished(Event):
    version: int
    note: str
    tried: int
    moved: int


GRADES = "gradebook"  # a chain for each version of the thresholds


@entry("grades.changed", _("{by} 载入分级标准，成为第 {version} 版，{lines} 条。"), icon="database-import")
class GradesChanged(Event):
    version: int
    lines: int
