"""The sheet before the press: for each dispute that was chosen, what the rules propose, or why it cannot be sent from here."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.lifecycle import Act, State, step
from fengqiao.disputes.models import Dispute
from fengqiao.people.models import User
from fengqiao.routing.proposals import proposals
from fengqiao.routing.reach import reachable_from
from fengqiao.routing.suggestions import Suggestion

MOST = 50
CAN_BE_SENT = frozenset(state for state in State if step(Act.DISPATCH, state))


@dataclass
class Line:
    """One dispute on the sheet. `to` and `why` are what stands in its fields, `refused` why it was not sent just now."""

    dispute: Dispute
    suggestion: Suggestion
    reason: str = ""  # why it cannot be sent from here
    to: str = ""
    why: str = ""
    refused: str = ""
    chosen: bool = False

    @property
    def is_ours_by_the_rules(self) -> bool:
        return self.suggestion.body is not None and self.suggestion.body.pk == self.dispute.body_id


class Sheet:
    """The chosen disputes as this reader sees them. Whatever is not theirs to see is only counted as missing."""

    def __init__(self, numbers: Iterable[str], reader: User) -> None:
        self.asked, self.reader = list(dict.fromkeys(numbers))[:MOST], reader

    @cached_property
    def lines(self) -> list[Line]:
        """In the order in which they were chosen, at the cost of a constant number of questions."""
        found = self._found()
        said = proposals(found)
        lines = {one.number: self._line(one, said[one.pk]) for one in found}
        return [lines[number] for number in self.asked if number in lines]

    @property
    def missing(self) -> int:
        """How many numbers lead to nothing here."""
        return len(self.asked) - len(self.lines)

    @cached_property
    def bodies(self) -> list[Body]:
        """To whom this reader may dispatch."""
        return list(reachable_from(self.reader.body)) if self.reader.body else []

    @cached_property
    def names(self) -> list[str]:
        return sorted({body.name for body in self.bodies})

    def _found(self) -> list[Dispute]:
        found = Dispute.objects.visible_to(self.reader).filter(number__in=self.asked).with_names()
        return list(found.prefetch_related("assists"))

    def _line(self, dispute: Dispute, said: Suggestion) -> Line:
        line = Line(dispute, said, why_not_from_here(dispute, self.reader) or "")
        if said.body and not line.reason and not line.is_ours_by_the_rules and said.body in self.bodies:
            line.to, line.chosen = said.body.name, True
        return line


def why_not_from_here(dispute: Dispute, by: User) -> str | None:
    """The reason, in a sentence, why this person cannot dispatch it together with others."""
    if dispute.is_restricted:
        return _("限知的事要单独分派：收到的单位会有人列入知悉名单，请打开它，看清楚再办。")
    return dispute.why_not(Act.DISPATCH, by)
