"""What the sheets of a file say: cover, index, story, note on the file, back cover. Data for fengqiao/papers/forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.agreed import Agreed
from fengqiao.disputes.events import Accepted, Assigned, SessionHeld
from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry

from .contents import left_out
from .filing import Filed
from .retention import years_in_words


@dataclass(frozen=True)
class File:
    """What every sheet needs to know of the file that it belongs to."""

    dispute: Dispute
    number: str
    volume: int
    years: int
    filed_by: str
    at: datetime
    outcome: State | None
    agreement: Agreed | None
    entries: Sequence[Entry]
    sealed: int  # entries up to this one lie under a seal

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)

    @property
    def common(self) -> dict[str, Any]:
        return {"committee": self.dispute.body.name, "number": self.number, "date": self.day}


def cover(file: File, pages: int) -> dict[str, Any]:
    begun, ended = _span(file)
    return file.common | {
        "name": _("%(who)s：%(title)s") % {"who": _names(file.dispute), "title": file.dispute.title},
        "mediators": [file.dispute.mediator.name or str(file.dispute.mediator)] if file.dispute.mediator else [],
        "from": begun,
        "to": ended,
        "filed_by": file.filed_by,
        "filed_at": file.day,
        "keep": years_in_words(file.years),
        "pages": str(pages),
        "note": _("第 %(n)d 次归档") % {"n": file.volume} if file.volume > 1 else "",
    }


def index(file: File, filed: Sequence[Filed]) -> dict[str, Any]:
    items = [{"name": one.title, "pages": one.pages, "note": one.note} for one in filed]
    return file.common | {"items": items}


def story(file: File) -> dict[str, Any]:
    head = file.entries[-1].hash if file.entries else ""
    sealed = _("第 1 至 %(n)d 条已经封存。") % {"n": file.sealed} if file.sealed else _("还没有封存。")
    return file.common | {
        "number": file.dispute.number,
        "subject": file.dispute.title,
        "made_at": timezone.localtime(file.at),
        "algorithm": head.split(":", 1)[0].upper(),
        "events": [_told(entry, file.sealed) for entry in file.entries],
        "head": head,
        "seal_note": sealed,
    }


def file_note(file: File, pages: int) -> dict[str, Any]:
    dispute = file.dispute
    agreement = _("协议编号 %(n)s。") % {"n": file.agreement.number} if file.agreement and file.agreement.number else ""
    facts = {
        "number": dispute.official_number, "body": dispute.body.name, "day": _day(dispute.registered_at),
        "outcome": str(file.outcome.label) if file.outcome else "", "closed": _day(dispute.closed_at or file.at),
    }  # fmt: skip
    words = [
        _("本卷由矛盾纠纷调处化解平台自动组卷，收入 %(number)s 的全部文书材料。") % facts,
        _("该纠纷于%(day)s登记，由%(body)s承办，于%(closed)s办结，结果为“%(outcome)s”。") % facts + agreement,
        _("每一份文件的校验值列在电子卷宗的 manifest.json 中；办理经过逐条记录在 story.jsonl 中，可以脱离本平台核验。"),
    ]
    return file.common | {
        "text": "\n".join(words),
        "pages": str(pages),
        "missing": left_out(dispute),
        "filed_by": file.filed_by,
    }


def back_cover(file: File, pages: int) -> dict[str, Any]:
    return file.common | {"pages": str(pages), "bags": "0", "filed_by": file.filed_by, "filed_at": file.day}


def _told(entry: Entry, sealed: int) -> dict[str, Any]:
    at = timezone.localtime(entry.at)
    return {
        "seq": str(entry.seq),
        "at": f"{at:%Y-%m-%d %H:%M}",
        "text": entry.sentence,
        "who": (entry.payload or {}).get("by", ""),
        "hash": entry.hash,
        "sealed": entry.seq <= sealed,
    }


def _span(file: File) -> tuple[date | str, date | str]:
    """From when to when it was mediated: from acceptance or assignment to the last session or the end."""
    begun = [entry.at for entry in file.entries if entry.kind in (Accepted.kind, Assigned.kind)]
    held = [entry.at for entry in file.entries if entry.kind == SessionHeld.kind]
    if not begun:
        return "", ""
    return timezone.localdate(begun[0]), timezone.localdate(held[-1] if held else file.dispute.closed_at or file.at)


def _names(dispute: Dispute) -> str:
    ours = "、".join(party.name for party in dispute.applicants)
    theirs = "、".join(party.name for party in dispute.respondents)
    return _("%(ours)s 与 %(theirs)s") % {"ours": ours, "theirs": theirs} if theirs else ours


def _day(at: datetime) -> str:
    on = timezone.localdate(at)
    return _("%(y)d年%(m)d月%(d)d日") % {"y": on.year, "m": on.month, "d": on.day}
