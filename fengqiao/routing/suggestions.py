"""Which body fits a dispute, and why: the district's rules first, then the place, as near to the people as its difficulty lets it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body, BodyKind
from fengqiao.disputes.models import Difficulty, Dispute
from fengqiao.places.models import Region, span_of

from .models import Duty, Rule

# From the people upwards. Handbook 2.4: simple ones in the village, complex ones in the town, major ones in the centre.
LEVELS = (BodyKind.MDC_VILLAGE, BodyKind.TOWN_BRANCH, BodyKind.MDC_TOWN, BodyKind.COUNTY_CENTER)
LOWEST = {Difficulty.GENERAL: 0, Difficulty.COMPLEX: 1, Difficulty.MAJOR: 3}


R = TypeVar("R", Rule, Duty)


@dataclass(frozen=True)
class Suggestion:
    """A body, and the sentence that says why. People decide; this only proposes (个人信息保护法 24)."""

    body: Body
    reason: str


def suggest(dispute: Dispute) -> Suggestion | None:
    """The body that fits, or None where nobody at work does. May be the one that already has it."""
    code = dispute.place.code if dispute.place else dispute.region_code
    return _by_rule(dispute, code) or _by_duty(dispute, code) or _by_place(dispute, code)


def _by_rule(dispute: Dispute, code: str) -> Suggestion | None:
    its_kind = Q(category=None) | Q(category=dispute.category_id)
    rules = Rule.objects.filter(its_kind, body__in=Body.objects.that_handle()).select_related("body", "category")
    best = _narrowest(rules, code)
    if best is None:
        return None
    what = best.category.name if best.category else _("本地的事")
    words = {"what": what, "body": best.body, "reason": best.reason}
    return Suggestion(best.body, _("按分流规则，%(what)s归%(body)s：%(reason)s。") % words)


def _by_duty(dispute: Dispute, code: str) -> Suggestion | None:
    """What the county's list of duties (属地管理事项责任清单) says; the narrowest item that is in force."""
    today = timezone.localdate()
    in_force = Q(effective_from=None) | Q(effective_from__lte=today), Q(effective_to=None) | Q(effective_to__gte=today)
    its_kind = Q(category=None) | Q(category=dispute.category_id)
    duties = Duty.objects.filter(*in_force, its_kind, lead__in=Body.objects.that_handle()).select_related("lead")
    best = _narrowest(duties, code)
    if best is None:
        return None
    words = {"item": best.item, "name": best.name, "body": best.lead}
    return Suggestion(best.lead, _("按责任清单第 %(item)s 项“%(name)s”，由%(body)s牵头。") % words)


def _narrowest(rows: Iterable[R], code: str) -> R | None:
    """Of the rules or items that hold here: one for the category before one for any, a smaller place before a larger."""
    fitting = [row for row in rows if not row.place_code or _holds(row.place_code, code)]
    return max(fitting, key=lambda row: (row.category_id is not None, len(_stem(row.place_code))), default=None)


def _by_place(dispute: Dispute, code: str) -> Suggestion | None:
    regions = {region.pk: region for region in Region.objects.holding(code)}
    here = Body.objects.that_handle().filter(region__in=regions, kind__in=LEVELS).select_related("region")
    wanted = LEVELS[LOWEST[Difficulty(dispute.difficulty)] :]
    nearest = sorted((body for body in here if body.kind in wanted), key=lambda body: LEVELS.index(BodyKind(body.kind)))
    if not nearest:
        return None
    body = nearest[0]
    words = {"place": regions[body.region_id], "body": body, "level": dispute.get_difficulty_display()}
    if wanted == LEVELS:
        return Suggestion(body, _("事情发生在%(place)s，就地化解：由%(body)s先办。") % words)
    return Suggestion(body, _("%(level)s的事由%(body)s办（事情发生在%(place)s一带）。") % words)


def _stem(place_code: str) -> str:
    return span_of(place_code)[0] if place_code else ""


def _holds(place_code: str, code: str) -> bool:
    low, high = span_of(place_code)
    return low <= code <= high
