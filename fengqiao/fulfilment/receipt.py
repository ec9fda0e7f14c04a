"""The 调解协议履行凭证: a typeset receipt for every performance that counts."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from fengqiao.disputes.agreed import agreed
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.money import yuan
from fengqiao.papers.commands import add_typeset
from fengqiao.papers.models import Paper, PaperKind

from .balance import Balance
from .models import Performance


def add_receipt(dispute: Dispute, performance: Performance, balance: Balance, *, by: Any) -> Paper:
    """Typeset the receipt and put it into the file. Papers speak Chinese, whatever the screen speaks."""
    with override(settings.LANGUAGE_CODE):
        title = _("第 %(n)d 项履行凭证") % {"n": performance.obligation.n}
        data = receipt_data(dispute, performance, balance)
        return add_typeset(dispute, "performance_proof", data, kind=PaperKind.PERFORMANCE, title=title, by=by)


def receipt_data(dispute: Dispute, performance: Performance, balance: Balance) -> dict[str, Any]:
    """What the form performance_proof reads."""
    obligation, agreement, proof = performance.obligation, agreed(dispute), performance.proof
    return {
        "committee": dispute.body.name,
        "date": timezone.localdate(performance.confirmed_at),
        "agreement_no": agreement.number if agreement else "",
        "who": obligation.debtor.name,
        "to": obligation.creditor.name if obligation.creditor else "",
        "duty": obligation.what,
        "amount_due": yuan(obligation.amount_fen) if obligation.amount_fen else "",
        "due": obligation.due_on,
        "done_at": performance.on,
        "amount": yuan(performance.amount_fen) if performance.amount_fen else "",
        "how": str(performance.get_how_display()),
        "state": _state(balance),
        "attachments": [{"name": proof.title, "pages": proof.pages, "hash": proof.sha256}] if proof else [],
        "note": _note(performance),
    }


def _state(balance: Balance) -> str:
    if balance.is_done:
        return _("已履行完毕")
    return _("部分履行，还剩 %(left)s 元") % {"left": yuan(balance.left)}


def _note(performance: Performance) -> str:
    confirmed = _("接受人本人已确认。") if performance.confirmed_by_creditor else ""
    late = "" if performance.is_on_time else _("晚于约定期限。")
    words = [performance.remark, confirmed, late, _("登记人：%(name)s") % {"name": performance.recorded_by}]
    return "\n".join(word for word in words if word)
