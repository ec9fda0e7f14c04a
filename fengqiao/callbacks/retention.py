"""How long a file is kept. The law on people's mediation names no period (handbook 9), so this is configuration."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fengqiao.disputes.models import Difficulty, Dispute

FOREVER = 0
CHOICES = (10, 30, FOREVER)
ADULT = 18
# Defaults of settings.RETENTION: years, and the types of dispute that are about land and houses.
DEFAULTS = {"normal": 10, "long": 30, "real_property": ("03", "07", "08")}


@dataclass(frozen=True)
class Retention:
    """The shortest period allowed for a dispute, and the sentence that says why."""

    years: int
    why: str

    def allows(self, years: int) -> bool:
        return years == FOREVER or (self.years != FOREVER and years >= self.years)


def retention_of(dispute: Dispute) -> Retention:
    """Ten years; thirty for major matters, minors and real property. A death is for the archivist to see (30)."""
    rules = DEFAULTS | getattr(settings, "RETENTION", {})
    reasons = _reasons(dispute, rules["real_property"])
    if reasons:
        return Retention(rules["long"], "、".join(reasons))
    return Retention(rules["normal"], _("一般纠纷"))


def years_in_words(years: int) -> str:
    return ngettext("%(n)d 年", "%(n)d 年", years) % {"n": years} if years else _("永久")


def _reasons(dispute: Dispute, real_property: tuple[str, ...]) -> list[str]:
    reasons = []
    if dispute.difficulty == Difficulty.MAJOR:
        reasons.append(_("重大疑难"))
    if dispute.category and dispute.category.code in real_property:
        reasons.append(_("涉及不动产"))
    if any(
        party.born_on and _is_minor(party.born_on, timezone.localdate(dispute.registered_at)) for party in dispute.cast
    ):
        reasons.append(_("涉及未成年人"))
    return reasons


def _is_minor(born_on: date, on: date) -> bool:
    return (on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))) < ADULT
