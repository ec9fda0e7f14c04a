"""What a district may decide about its queue, and what holds where it says nothing. These are settings, not facts of law."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from .models import Priority, QueueRules


@dataclass(frozen=True)
class Rules:
    """Minutes are whole minutes; see docs/queue.md."""

    miss_places: int = 3  # 过号: back in line behind so many
    most_misses: int = 3  # the next one is the last
    self_declared: bool = True  # residents may say themselves that they are old, pregnant …
    elder: int = 10  # minutes by which somebody counts as having come earlier
    disabled: int = 15
    pregnant: int = 15
    child: int = 10
    appointment: int = 20
    from_home: bool = True  # numbers may be taken by phone
    home_minutes: int = 20  # how long before coming in a number from home counts at most
    service_minutes: int = 12  # how long a matter takes, until this hall has measured it
    minutes: Mapping[str, int] = field(default_factory=dict)  # the same by subject

    def head_start(self, priority: str) -> int:
        """Minutes for this priority; none for nobody's."""
        return getattr(self, priority) if priority in Priority.values and priority else 0

    def prior(self, subject: str) -> int:
        """Minutes that a matter of this subject is thought to take before anything was measured."""
        return max(self.minutes.get(subject, self.service_minutes), 1)


NAMES = tuple(one.name for one in fields(Rules))


def rules() -> Rules:
    """The district's rules, or the built-in ones."""
    row = QueueRules.objects.filter(name=QueueRules.DISTRICT).first()
    told: dict[str, Any] = {name: value for name, value in (row.values if row else {}).items() if name in NAMES}
    return Rules(**told)
