"""Take a row away again that was added by mistake: only while nothing hangs on it."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models.deletion import Collector, ProtectedError
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Mechanism, Strength, Target, Window
from fengqiao.disputes.models import Category, LimitRule, Tier, WarningStep
from fengqiao.kernel.errors import Refused
from fengqiao.notices.models import MessageText
from fengqiao.people.models import SYSTEM
from fengqiao.places.models import Region
from fengqiao.routing.grading.books import lines_in_force, take_in
from fengqiao.routing.models import Duty
from fengqiao.supervision.models import PlanStep, SeatKind, Threshold

from . import schema
from .present import Key
from .schema import Table

Find = Callable[[Key], "models.QuerySet[Any]"]


def remove(table: Table, key: Key) -> None:
    """Refused where something came to hang on the row, and for rows that are ended by their own command."""
    if table is schema.FORMER_NAMES:
        return  # they stand in the body's own row, which is written whole
    if table is schema.RULES:
        raise Refused(_("分流规则在“分流规则”里起草、发布，不在表里撤。"))
    if table is schema.GRADING:
        take_in((line for line in lines_in_force()[1] if line.key != key[0]), by=SYSTEM)
        return
    if table.file not in FIND:
        raise Refused(_("新加的机构和账户撤不掉：在“机构”里退回申请，或者停用账户。"))
    row = FIND[table.file](key).select_for_update(of=("self",)).first()
    if row is None:
        return
    if not _stands_alone(row):
        told = _("“%(row)s”已经有别的记录用到，撤不掉了。可以写上到哪天止，或者改成别的。")
        raise Refused(told % {"row": row})
    row.delete()


def _stands_alone(row: models.Model) -> bool:
    """Whether nothing would go with it but its own links."""
    collector = Collector(using="default")
    try:
        collector.collect([row])
    except ProtectedError:
        return False
    others = [found for found in collector.fast_deletes if not found.model._meta.auto_created and found.exists()]
    return set(collector.data) == {type(row)} and not others


def _by(model: type[models.Model], name: str) -> Find:
    return lambda key: model._default_manager.filter(**{name: key[0]})


FIND: dict[str, Find] = {
    schema.REGIONS.file: _by(Region, "code"),
    schema.WINDOWS.file: _by(Window, "key"),
    schema.CATEGORIES.file: _by(Category, "code"),
    schema.LIMITS.file: lambda key: LimitRule.objects.filter(key=key[0], effective_from=key[1]),
    schema.WARNINGS.file: lambda key: WarningStep.objects.filter(limit=key[0], when=key[1], hours=key[2] or 0),
    schema.DUTIES.file: _by(Duty, "item"),
    schema.MECHANISMS.file: _by(Mechanism, "key"),
    schema.STRENGTH.file: _by(Strength, "key"),
    schema.TARGETS.file: _by(Target, "key"),
    schema.NOTICES.file: lambda key: MessageText.objects.filter(occasion=key[0], role=key[1], language=key[2]),
    schema.SEATS.file: _by(SeatKind, "key"),
    schema.PLANS.file: _by(PlanStep, "key"),
    schema.THRESHOLDS.file: _by(Threshold, "key"),
    schema.TIERS.file: _by(Tier, "key"),
}
