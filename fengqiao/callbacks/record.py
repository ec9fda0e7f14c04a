"""The 人民调解回访记录: a typeset record of every call-back that reached somebody (人民调解法 31)."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from fengqiao.disputes.agreed import agreed
from fengqiao.disputes.models import Dispute
from fengqiao.disputes.ratings import Rating
from fengqiao.papers.commands import add_typeset
from fengqiao.papers.models import Paper, PaperKind

from .contents import outcome_of
from .models import Callback


def add_callback_record(dispute: Dispute, callback: Callback, *, by: Any) -> Paper:
    """Typeset the record and put it into the file. Papers speak Chinese, whatever the screen speaks."""
    with override(settings.LANGUAGE_CODE):
        data, title = record_data(dispute, callback), _("回访记录")
        kind, party = PaperKind.CALLBACK, callback.party  # what one side said is not for the other side's eyes
        return add_typeset(dispute, "callback_record", data, kind=kind, title=title, by=by, party=party)


def record_data(dispute: Dispute, callback: Callback) -> dict[str, Any]:
    """What the form callback_record reads."""
    agreement, outcome = agreed(dispute), outcome_of(dispute)
    return {
        "committee": dispute.body.name,
        "number": dispute.official_number,
        "date": timezone.localdate(callback.at),
        "agreement_no": agreement.number if agreement else "",
        "reason": dispute.title,
        "parties": [party.name for party in dispute.cast],
        "visited_at": timezone.localtime(callback.at),
        "how": str(callback.get_how_display()),
        "visited": callback.party.name,
        "performance": str(outcome.label) if outcome else "",
        "satisfaction": str(callback.get_rating_display()),
        "remarks": callback.words,
        "steps": _("已告知可以提出异议或者申请重新办理。") if callback.rating == Rating.DISSATISFIED else "",
        "visitor": _("当事人网上自评") if callback.by_party else callback.recorded_by,
    }
