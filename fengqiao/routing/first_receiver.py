"""首接负责制: what becomes of a dispute that is given back: never nobody's."""

from typing import Any

from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body, Window, WindowKind, centre
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused

from .models import Duty
from .rules.book import Book
from .rules.books import in_force
from .rules.words import who
from .rules.world import Names

REFUSALS = 2  # so often it may be given back; then a person at the fallback window decides, and that stands
RULE, ITEM = "rule", "item"
Choices = list[tuple[str, str]]


def fallback() -> Body | None:
    """The body of the fallback window (综合调解窗口 兜底); where the district has none, the county centre."""
    windows = Window.objects.named().filter(kind=WindowKind.FALLBACK, body__is_active=True, body__handles=True)
    found = windows.select_related("body__region").order_by("pk").first()
    return found.body if found else centre()


def refusals_of(dispute: Dispute) -> int:
    """How often it was given back since somebody last accepted it."""
    given_back = dispute.refusals.all()
    return (given_back.filter(refused_at__gt=dispute.accepted_at) if dispute.accepted_at else given_back).count()


def final(dispute: Dispute, actor: Any = None) -> str | None:
    """Why it cannot be refused any more, in a sentence; None while it can. Asked of what was sent on and not yet accepted."""
    if dispute.state != State.ROUTED or not (times := refusals_of(dispute)):
        return None
    if times >= REFUSALS:
        return _("这件事已经退过两次，由兜底窗口定下交来，不能再退。请先受理；确实要换单位，受理以后可以转办。")
    last = fallback()
    if last is not None and last.pk == dispute.body_id:
        return _("这件事已经退过一次，本单位就是兜底的，不能再退。请受理，或者分派给该办的单位。")
    return None


def caught(dispute: Dispute) -> str | None:
    """Why it stays where it is now, in a sentence, once it was refused as often as may be and lies with the last receiver."""
    if dispute.state != State.REGISTERED or refusals_of(dispute) < REFUSALS:
        return None
    return _("这件事已经退过两次，到兜底窗口为止，不能再退。请受理，或者定下由谁办。")


def receiver_of_refused(dispute: Dispute) -> Body | None:
    """To whom it goes: the second time to the fallback; else to the sender, the first receiver, or the body above."""
    if refusals_of(dispute) + 1 >= REFUSALS and (last := fallback()) and last.pk != dispute.body_id:
        return last
    ways = (dispute.sender, dispute.first_body, dispute.body.superior)
    return next((body for body in ways if body and body.is_active and body != dispute.body), None)


def may_be_cited(book: Book | None = None) -> Choices:
    """The lines of the duty list in force, and the rules: one of them must be wrong for a refusal to be right."""
    book, names = book or in_force(), Names()
    items = Duty.objects.in_force().select_related("lead")
    words = _("责任清单第 %(item)s 项“%(name)s”：%(lead)s牵头")
    duties = [(f"{ITEM}:{one.item}", words % {"item": one.item, "name": one.name, "lead": one.lead}) for one in items]
    told = _("分流规则第 %(n)d 条：%(who)s，%(reason)s")
    return duties + [
        (f"{RULE}:{n}", told % {"n": n, "who": who(rule, names.bodies), "reason": rule.reason or "—"})
        for n, rule in book.numbered
    ]


def cited(cites: str, book: Book) -> str:
    """The line in words. Refused for anything that is not a line in force."""
    found = dict(may_be_cited(book)).get(cites)
    if found is None:
        raise Refused(_("退回要指明：责任清单的哪一项，或者哪一条分流规则用在这件事上不对。"))
    return found
