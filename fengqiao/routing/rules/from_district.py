"""The rules of a district's folder: version 1 of an empty system, a draft for people to judge where there are rules already."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused
from fengqiao.ledger import book as ledger
from fengqiao.routing.events import SUBJECT, RulesDrafted, RulesLoaded
from fengqiao.routing.models import Duty, RuleBook

from .book import Rule
from .derived import Line, derived


def take_in(rules: Iterable[Rule], *, by: Any) -> tuple[int, int]:
    """How many rules were made, and how many changed. Rules that were there once, in whatever version, change nothing.

    What a folder says never replaces what people published: it becomes a draft, to be published by a second look. Refused
    while somebody writes another draft.
    """
    rows = [rule.as_json() for rule in rules]
    if any(one.rules == rows for one in RuleBook.objects.filter(is_dropped=False)):
        return 0, 0
    now = RuleBook.objects.published().first()
    if now is None:
        made = RuleBook.objects.create(version=1, rules=rows, written_at=timezone.now(), published_at=timezone.now())
        ledger.begin(SUBJECT, made.pk, RulesLoaded(version=1, rules=len(rows)), by=by, rows=[made])
        return len(rows), 0
    if RuleBook.objects.draft():
        raise Refused(_("区县数据里的分流规则和现行的不同，又有人正在起草。请先发布或者不要那份草稿，再载入。"))
    made = RuleBook.objects.create(rules=rows, written_at=timezone.now())
    told = RulesDrafted(base=now.version or 0, rules=len(rows))
    ledger.begin(SUBJECT, made.pk, told, by=by, rows=[made])
    return 0, len(rows)


def duty_lines() -> list[Line]:
    """The lines of the duty list that hold today."""
    found = Duty.objects.in_force().select_related("category", "lead")
    return [
        Line(one.category.code if one.category else "", one.place_code, one.lead.key, one.name, one.item)
        for one in found
    ]


def short_form(rules: Sequence[Rule]) -> list[Rule] | None:
    """The rules from which just these follow, or None: then each has to be written out, with its rank."""
    plain = [rule for rule in rules if len(rule.bodies) == 1 and not rule.item]
    lines = [Line(rule.category, rule.place, rule.bodies[0], rule.reason) for rule in plain]
    return plain if derived(lines, duty_lines()) == tuple(rules) else None
