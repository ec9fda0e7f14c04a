"""What goes to a court and what comes back: confirmation of the agreement, and enforcement (人民调解法 33, 民事诉讼法 205, 206)."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes import clocks
from fengqiao.disputes.agreed import WINDOW, agreed
from fengqiao.disputes.commands import advance
from fengqiao.disputes.events import CourtStepRecorded
from fengqiao.disputes.lifecycle import Act, State
from fengqiao.disputes.limits import limit_for
from fengqiao.disputes.models import Clock, Dispute, last_day_of
from fengqiao.kernel.calendar import TZ
from fengqiao.kernel.errors import Refused
from fengqiao.papers.commands import Upload, add_upload
from fengqiao.papers.models import PaperKind

from .due import run_to_next
from .models import COURT_ACTS, CourtStep

RULINGS = (Act.CONFIRM, Act.DISMISS)
LEADS_BACK_TO = {Act.CONFIRM: State.CONFIRMED, Act.DISMISS: State.PERFORMING}
NUMBER = re.compile(r"[（(〔\[]\s*\d{4}\s*[）)〕\]]\s*\S{2,40}号(?:之[一二三四五六七八九十]+)?")
TITLES = {
    Act.APPLY_CONFIRMATION: gettext_lazy("司法确认申请材料"),
    Act.CONFIRM: gettext_lazy("法院裁定书（确认）"),
    Act.DISMISS: gettext_lazy("法院裁定书（驳回）"),
    Act.APPLY_ENFORCEMENT: gettext_lazy("强制执行申请材料"),
}


@transaction.atomic
def record_court_step(
    dispute: Dispute,
    *,
    act: Act,
    court: str,
    number: str,
    on: date,
    remark: str,
    scan: Upload | None,
    by: Any,
    seen: int | None = None,
) -> CourtStep:
    """An application to the court, or its ruling; for the record, with the scanned paper.

    Refused: confirmation after the thirty days (人民调解法 33, 民事诉讼法 205), enforcement without a confirmation
    (人民调解法 33), a ruling without its number and its paper, a date in the future or before the agreement.
    """
    act = Act(act)
    if act not in COURT_ACTS:
        raise ValueError(f"{act} is no step of a court")
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    if reason := dispute.why_not(act, by):
        raise Refused(reason)
    _refuse_wrong(dispute, act, court=court, on=on)
    if act in RULINGS and not (number.strip() and scan):
        raise Refused(_("请写明裁定书的案号，并上传裁定书。"))
    number = _case_number(number)
    now = timezone.now()
    title = str(TITLES[act])
    paper = add_upload(dispute, scan, kind=PaperKind.CONFIRMATION, title=title, by=by) if scan else None
    step = CourtStep.objects.create(
        dispute=dispute, act=act, court=court.strip(), number=number, on=on, remark=remark.strip(), paper=paper,
        recorded_by=str(by), recorded_at=now,
    )  # fmt: skip
    rows: list[models.Model] = [step]
    if act is Act.APPLY_CONFIRMATION and (window := _window(dispute)):
        rows += clocks.stop(window, now)
    if act in LEADS_BACK_TO:
        rows += run_to_next(dispute, now, state=LEADS_BACK_TO[act])
    event = CourtStepRecorded(act=act.value, court=step.court, number=number, on=on.isoformat(), remark=step.remark)
    advance(dispute, act, by=by, event=event, rows=rows)
    return step


def last_day_to_apply(dispute: Dispute) -> date | None:
    """The last day on which both parties can apply for confirmation; None where no agreement is on record."""
    window = dispute.clocks.filter(key=WINDOW).order_by("pk").last()
    if window:
        return last_day_of(window.due_at)
    agreement = agreed(dispute)
    if agreement is None:
        return None
    since = datetime.combine(agreement.since, time.min, TZ)
    return last_day_of(clocks.due_at(since, limit_for(WINDOW, agreement.since))[0])


def _refuse_wrong(dispute: Dispute, act: Act, *, court: str, on: date) -> None:
    if not court.strip():
        raise Refused(_("请写明是哪个法院。"))
    if on > timezone.localdate():
        raise Refused(_("日期不能在今天以后。"))
    agreement = agreed(dispute)
    if agreement and on < agreement.since:
        raise Refused(_("协议 %(day)s 才生效，日期不能更早。") % {"day": agreement.since.isoformat()})
    earlier = dispute.court_steps.order_by("pk").last()
    if earlier and on < earlier.on:
        words = {"act": earlier.get_act_display(), "day": earlier.on.isoformat()}
        raise Refused(_("上一步（%(act)s）是 %(day)s，日期不能更早。") % words)
    if act is Act.APPLY_CONFIRMATION:
        _refuse_too_late(dispute, on)
    if act is Act.APPLY_ENFORCEMENT and not dispute.court_steps.filter(act=Act.CONFIRM).exists():
        raise Refused(
            _("协议没有经过司法确认，不能申请强制执行；可以就协议向人民法院起诉（人民调解法第三十二、三十三条）。")
        )


def _refuse_too_late(dispute: Dispute, on: date) -> None:
    last = last_day_to_apply(dispute)
    if last and on > last:
        raise Refused(
            _(
                "申请司法确认要在协议生效之日起三十日内由双方共同提出（人民调解法第三十三条），%(last)s 是最后一天，已经过了。"
                "协议仍然有效，具有合同的约束力；一方不履行，另一方可以就协议向人民法院起诉。"
            )
            % {"last": last.isoformat()}
        )


def _case_number(number: str) -> str:
    """（2026）浙0502诉前调确12号, loosely: courts differ, and older papers more so."""
    text = "".join(number.split())
    if not text:
        return ""
    if not NUMBER.fullmatch(text):
        raise Refused(_("“%(number)s”不像案号。案号像这样：（2026）浙0502诉前调确12号。") % {"number": text[:40]})
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"^[(〔\[](\d{4})[)〕\]]", r"（\1）", text)


def _window(dispute: Dispute) -> Clock | None:
    return dispute.clocks.filter(key=WINDOW, stopped_at=None).first()
