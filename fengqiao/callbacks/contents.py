"""What must be in a file before it is archived: the papers of handbook 5.1, as far as this dispute went."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes.events import Closed, SessionHeld
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.papers.models import PaperKind as K


@dataclass(frozen=True)
class Need:
    """A paper that the file must hold; any of the kinds will do."""

    name: str | Promise
    kinds: tuple[K, ...]


REGISTERED = Need(gettext_lazy("申请书或者受理登记表"), (K.APPLICATION, K.INTAKE_REGISTER))
TALKED = (
    Need(gettext_lazy("权利义务告知书"), (K.RIGHTS_NOTICE,)),
    Need(gettext_lazy("身份证明"), (K.IDENTITY,)),
    Need(gettext_lazy("调解记录"), (K.MINUTES,)),
)
AGREED = Need(gettext_lazy("调解协议书或者口头协议登记表"), (K.AGREEMENT, K.ORAL_AGREEMENT))
FAILED = Need(gettext_lazy("终止调解通知书"), (K.TERMINATION,))
REJECTED = Need(gettext_lazy("不予受理告知书"), (K.TERMINATION,))
BY_OUTCOME: dict[State | None, tuple[Need, ...]] = {
    State.PERFORMED: (AGREED,),
    State.FAILED: (FAILED,),
    State.REJECTED: (REJECTED,),
}


def outcome_of(dispute: Dispute) -> State | None:
    """How it ended the last time: performed, failed, withdrawn, rejected or handed over."""
    closing = Entry.objects.of("dispute", dispute.pk).filter(kind=Closed.kind).last()
    code = (closing.payload or {}).get("outcome") if closing else None
    return State(code) if code in State.values else None


def needs(dispute: Dispute) -> list[Need]:
    """The papers without which this file is not whole."""
    outcome = outcome_of(dispute)
    talked = outcome == State.PERFORMED or _sat_together(dispute)
    return [REGISTERED, *(TALKED if talked else ()), *BY_OUTCOME.get(outcome, ())]


def missing(dispute: Dispute) -> list[str]:
    """Names of the papers that are not there yet."""
    there = set(dispute.papers.values_list("kind", flat=True))
    return [str(need.name) for need in needs(dispute) if not there & {kind.value for kind in need.kinds}]


def left_out(dispute: Dispute) -> list[str]:
    """For the note on the file: why papers that other files hold are not in this one."""
    if _sat_together(dispute) or outcome_of(dispute) == State.PERFORMED:
        return []
    return [_("没有开过调解会，所以没有权利义务告知书和调解记录。")]


def why_not_ready(dispute: Dispute) -> str | None:
    """The sentence that says what must be done before archiving; None when all is there."""
    if lacking := missing(dispute):
        return _("卷宗里还缺：%(papers)s。请补齐后再归档。") % {"papers": "、".join(lacking)}
    if not dispute.callbacks.filter(at__gte=dispute.closed_at or dispute.registered_at).exists():
        return _("还没有回访过。请至少回访一次，打不通也要记下来。")
    if dispute.contests.filter(answered_at=None).exists():
        return _("还有异议没有答复。请先答复，或者重新办理。")
    return None


def refuse_unready(dispute: Dispute) -> None:
    if reason := why_not_ready(dispute):
        raise Refused(reason)


def _sat_together(dispute: Dispute) -> bool:
    return Entry.objects.of("dispute", dispute.pk).filter(kind=SessionHeld.kind).exists()
