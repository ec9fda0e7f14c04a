"""The ladder of tiers and the thresholds for grading of a district's folder."""

from typing import TYPE_CHECKING, Any

from fengqiao.disputes.models import Tier
from fengqiao.routing.grading import books
from fengqiao.routing.grading.book import Line
from fengqiao.routing.tiers.general import GENERAL_LADDER

from .merging import Tally, merge
from .schema import GRADING, TIERS

if TYPE_CHECKING:
    from .reading import District


def load_tiers(district: "District") -> Tally:
    """The district's own ladder; where it names none and has none, the general one, marked as such."""
    if not district[TIERS] and not Tier.objects.exists():
        Tier.objects.bulk_create(Tier(**row, is_general=True) for row in GENERAL_LADDER)
    columns = [column.name for column in TIERS.columns if column.name not in ("key", "source")]
    wanted = {(row["key"],): {name: row[name] for name in columns} for row in district[TIERS]}
    return merge(Tier, ["key"], wanted)


def load_grading(district: "District", by: Any) -> Tally:
    """The thresholds have versions: what differs from the newest makes the next one."""
    columns = [column.name for column in GRADING.columns]
    lines = [Line(**{name: row[name] for name in columns}) for row in district[GRADING]]
    if not lines:  # a folder that says nothing leaves what is there, as with every other table
        return Tally()
    created, changed = books.take_in(lines, by=by)
    return Tally(created, changed, max(len(lines) - created - changed, 0))
