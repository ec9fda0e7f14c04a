"""Prove one dispute's record while somebody watches: its chain, the seals over it, and the rows that the chain wrote."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Dispute
from fengqiao.kernel.secrets import Unreadable
from fengqiao.ledger import book
from fengqiao.ledger.models import Entry, SealedHead
from fengqiao.ledger.witness import fingerprint

CHAINS = ("dispute", "look", "reading_of")
WITH_ROWS = ("dispute", "reading_of")  # no row is told of in both


@dataclass(frozen=True)
class Proof:
    """How much was looked at, up to where a seal lies over it, and everything that is not as it was written."""

    entries: int
    rows: int
    sealed: int
    problems: Sequence[str]

    @property
    def is_whole(self) -> bool:
        return not self.problems


def proof_of(dispute: Dispute) -> Proof:
    """Reads everything anew; nothing is taken from a cache."""
    told = _told(dispute)
    heads = list(SealedHead.objects.filter(subject="dispute", subject_id=dispute.pk).order_by("seq"))
    problems = [*_breaks(dispute), *_unsealed(dispute, heads), *_rows(told)]
    entries = Entry.objects.filter(subject__in=CHAINS, subject_id=dispute.pk).count()
    return Proof(entries, len(told), heads[-1].seq if heads else 0, problems)


def _breaks(dispute: Dispute) -> Iterator[str]:
    names = {"dispute": _("经过"), "look": _("查看日志"), "reading_of": _("来文读到的")}
    for subject in CHAINS:
        if broken := book.first_break(subject, dispute.pk):
            yield _("%(chain)s第 %(seq)d 条起不对：%(why)s。") % {
                "chain": names[subject], "seq": broken[0], "why": _reason(broken[1]),
            }  # fmt: skip


def _reason(why: str) -> str:
    return {
        "an entry is missing": _("少了一条"),
        "the entry does not follow the one before it": _("和前一条接不上"),
        "the payload was changed": _("内容被改过"),
        "the entry was changed": _("这一条被改过"),
    }.get(why, why)


def _unsealed(dispute: Dispute, heads: Sequence[SealedHead]) -> Iterator[str]:
    hashes = dict(Entry.objects.of("dispute", dispute.pk).values_list("seq", "hash"))
    for head in heads:
        if hashes.get(head.seq) != head.hash:
            yield _("第 %(seq)d 条封存以后被改写或者不见了。") % {"seq": head.seq}


def _told(dispute: Dispute) -> dict[str, str]:
    """Row → its fingerprint as its chain last wrote it."""
    rows: dict[str, str] = {}
    entries = Entry.objects.filter(subject__in=WITH_ROWS, subject_id=dispute.pk).order_by("subject", "seq")
    for written in entries.values_list("rows", flat=True):
        rows |= written
    return rows


def _rows(told: dict[str, str]) -> Iterator[str]:
    keys: dict[str, list[str]] = defaultdict(list)
    for row in told:
        label, _colon, pk = row.rpartition(":")
        keys[label].append(pk)
    for label, pks in keys.items():
        model = apps.get_model(label)
        for pk in pks:
            name = f"{label}:{pk}"
            try:
                instance = model._base_manager.filter(pk=pk).first()
            except Unreadable:
                yield _("%(row)s 解不开，加密的内容被改过。") % {"row": name}
                continue
            if instance is None:
                yield _("%(row)s 不见了。") % {"row": name}
            elif fingerprint(instance) != told[f"{label}:{pk}"]:
                yield _("%(row)s 和账本写的不一样，有人绕过系统改过。") % {"row": name}
