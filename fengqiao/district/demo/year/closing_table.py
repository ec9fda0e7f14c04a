"""What the year came to, counted from what is stored: the table that `./run demo --year` ends with."""

import resource
import sys
from collections import Counter
from collections.abc import Iterator

from django.db.models import Count

from fengqiao.disputes import events as e
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry
from fengqiao.notices.models import Notice
from fengqiao.routing.models import RoutingDecision

COUNTED = (
    ("分派 dispatched", e.Dispatched), ("退回 given back", e.Returned), ("上报 escalated", e.Escalated),
    ("下派 sent down", e.ReferredDown), ("转办 transferred", e.Transferred), ("呼叫 called in", e.CalledIn),
    ("并案 merged", e.Merged), ("不予受理 rejected", e.Rejected), ("移送 handed over", e.HandedOver),
    ("调解会 sessions", e.SessionHeld), ("中止 suspended", e.Suspended), ("延期 extended", e.Extended),
    ("书面协议 written agreements", e.AgreementConcluded), ("口头协议 oral agreements", e.OralAgreementMade),
    ("不成 failed", e.MediationFailed), ("撤回 withdrawn", e.Withdrawn), ("违约 breached", e.Breached),
    ("履行完毕 performed", e.Fulfilled), ("司法确认 court steps", e.CourtStepRecorded), ("办结 closed", e.Closed),
    ("重新办理 reopened", e.Reopened), ("归档 archived", e.Archived), ("到期提醒 warned", e.LimitWarned),
    ("超期 missed", e.LimitMissed), ("超期再催 still missed", e.LimitStillMissed),
)  # fmt: skip


def closing_table(acts: int, seconds: float, refused: Counter[str]) -> str:
    """Counts by state and by what happened, and what this run took."""
    return "\n".join(f"  {words:<36}{n}" for words, n in [*_counts(), *_cost(acts, seconds, refused)])


def _counts() -> Iterator[tuple[str, str]]:
    yield "纠纷 disputes", f"{Dispute.objects.count():,}"
    states = Counter(dict(Dispute.objects.order_by().values_list("state").annotate(n=Count("pk"))))
    for state, n in states.most_common():
        yield f"　{State(state).label} {state}", f"{n:,}"
    kinds = dict(Entry.objects.filter(subject="dispute").order_by().values_list("kind").annotate(n=Count("pk")))
    for words, event in COUNTED:
        yield words, f"{kinds.get(event.kind, 0):,}"
    yield "分流记录 routing decisions", f"{RoutingDecision.objects.count():,}"
    yield "通知 notices", f"{Notice.objects.count():,}"
    yield "账本 ledger entries", f"{Entry.objects.count():,}"


def _cost(acts: int, seconds: float, refused: Counter[str]) -> Iterator[tuple[str, str]]:
    yield "这一次办了 acts of this run", f"{acts:,}"
    if seconds:
        yield "每秒 acts a second", f"{acts / seconds:.1f}"
    yield "被拒绝 refused by the rules", f"{sum(refused.values()):,}"
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    yield "内存峰值 peak memory", f"{kilobytes / 1024:.0f} MB"
