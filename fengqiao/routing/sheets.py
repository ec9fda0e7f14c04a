"""The papers that routing issues."""

from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fengqiao.papers.commands import add_typeset
from fengqiao.papers.models import Paper, PaperKind
from fengqiao.people.models import User

from .models import Rejection


def typeset_rejection(rejection: Rejection, *, by: User) -> Paper:
    """不予受理告知书, to the applicants. It is Chinese, whatever language the screen speaks."""
    with translation.override("zh-hans"):
        data, title = _facts(rejection), _("不予受理告知书")
        return add_typeset(rejection.dispute, "rejection", data, kind=PaperKind.TERMINATION, title=title, by=by)


def _facts(rejection: Rejection) -> dict[str, Any]:
    dispute = rejection.dispute
    reasons = [str(rejection.get_reason_display()), rejection.words]
    return {
        "committee": dispute.body.name,
        "number": dispute.official_number,
        "date": timezone.localdate(),
        "demo": getattr(settings, "DEMO", False),
        "parties": [{"name": party.name} for party in dispute.applicants],
        "applied_at": timezone.localdate(dispute.claimed_at),
        "subject": dispute.title,
        "reason": "。".join(reason.rstrip("。") for reason in reasons if reason) + "。",
        "ground": _("《人民调解工作若干规定》第二十二条、《中华人民共和国人民调解法》第十七条"),
        "remedies": rejection.remedies_told,
    }
