"""Which body fits a dispute, and why: the rules in force, asked with what is known of it. And the record of what was made of that."""

from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import User

from .models import RoutingDecision
from .reach import reachable_from
from .rules import words
from .rules.book import Book, Facts
from .rules.books import in_force
from .rules.deciding import Decision, decide
from .rules.gathering import facts_of
from .rules.world import Names

CHINESE = "zh-hans"


@dataclass(frozen=True)
class Suggestion:
    """A body, and the sentences that say why. People decide; this only proposes (个人信息保护法 24)."""

    body: Body | None
    book: Book
    facts: Facts
    decision: Decision

    @property
    def reason(self) -> str:
        return words.reason(self.decision, self.facts, self.book)

    @property
    def runner_up(self) -> str:
        return words.runner_up(self.decision, self.facts)

    @property
    def question(self) -> str:
        """What to ask first, where the matter is at a boundary."""
        asked, names = self.decision.question, Names()
        if asked is None:
            return ""
        fact = str(asked.fact)
        known = names.categories if fact == "category" else names.places if fact == "place" else {}
        return words.question(asked, self.facts, self.book, known)


def suggest(dispute: Dispute) -> Suggestion | None:
    """The body that fits, or None where nobody at work does. May be the one that already has it."""
    found = proposed(dispute)
    return found if found.body else None


def proposed(dispute: Dispute) -> Suggestion:
    """What the rules in force say, if only that nobody fits."""
    book = in_force()
    facts = facts_of(dispute, book)
    decision = decide(facts, book)
    body = Body.objects.select_related("region").filter(key=decision.body).first() if decision.body else None
    return Suggestion(body, book, facts, decision)


def decided(dispute: Dispute, to: Body, *, by: User, why: str) -> RoutingDecision:
    """The row that says what the rules proposed and what was done. Written here, witnessed by the event of the act.

    Refused without a reason for sending it elsewhere than where the rules would and one could.
    """
    found = proposed(dispute)
    asked = found.decision.question
    is_followed = found.body is None or to.key in (found.body.key, asked.body if asked else "")
    if not is_followed and not why and _could_follow(found, dispute, by):
        told = _("按规则建议交给%(body)s。要交给别的单位，请写明为什么。")
        raise Refused(told % {"body": found.body})
    with translation.override(CHINESE):  # it is a record, whatever language the screen speaks
        reason, runner_up = found.reason, found.runner_up
    return RoutingDecision.objects.create(
        dispute=dispute, version=found.book.version, facts=found.facts.as_json(), proposal=found.decision.as_json(),
        body=found.body, reason=reason[:500], runner_up=runner_up[:300], sent_to=to, is_followed=is_followed,
        why="" if is_followed else why, decided_by=by, decided_at=timezone.now(),
    )  # fmt: skip


def _could_follow(found: Suggestion, dispute: Dispute, by: User) -> bool:
    body = found.body
    if body is None or body.pk == dispute.body_id:
        return body is not None
    return reachable_from(by.body or dispute.body).filter(pk=body.pk).exists()
