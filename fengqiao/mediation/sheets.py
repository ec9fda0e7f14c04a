"""The papers that mediation issues: rights and duties, minutes, more time, the end without an agreement."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Dispute, Party
from fengqiao.papers.commands import add_typeset
from fengqiao.papers.models import Paper, PaperKind
from fengqiao.papers.numerals import clause_number
from fengqiao.people.models import User

from .models import Minutes, Termination

LONGEST_SPEAKER = 12  # characters; more before a colon is part of a sentence


def in_print(make: Callable[..., Paper]) -> Callable[..., Paper]:
    """Papers are Chinese, whatever language the screen speaks."""

    @wraps(make)
    def wrapped(*args: Any, **kwargs: Any) -> Paper:
        with translation.override("zh-hans"):
            return make(*args, **kwargs)

    return wrapped


@in_print
def typeset_rights(dispute: Dispute, told: Sequence[Party], *, by: User) -> Paper:
    """人民调解权利义务告知书, to those who were told."""
    data = {"parties": _names(told), "mediators": [str(dispute.mediator)]}
    return _issue(dispute, "rights_notice", data, kind=PaperKind.RIGHTS_NOTICE, title=_("权利义务告知书"), by=by)


@in_print
def typeset_minutes(minutes: Minutes, *, by: User) -> Paper:
    """人民调解记录 of a session, in the version at hand."""
    session = minutes.session
    dispute = session.dispute
    present = [party for party in dispute.cast if party.pk in minutes.present]
    mediator = str(session.mediator)
    data = {
        "held_at": timezone.localtime(minutes.started_at),
        "ended_at": _end(minutes),
        "place": session.place,
        "subject": dispute.title,
        "sitting": _("第%(n)s次") % {"n": clause_number(session.n)},
        "parties": _names(present),
        "attendees": [minutes.others] if minutes.others else [],
        "mediators": [mediator],
        "recorder": minutes.recorder,
        "statements": [*said(minutes.statements), *_undisputed(minutes)],
        "result": "。".join(filter(None, [str(minutes.get_outcome_display()), minutes.words.rstrip("。")])) + "。",
        "version": _("第 %(n)d 版") % {"n": minutes.version} if minutes.version > 1 else "",
        "signers": [{"role": party.get_role_display()} for party in present]
        + [{"role": _("人民调解员")}, {"role": _("记录人")}],
    }
    title = _("调解记录（第 %(n)d 次）") % {"n": session.n}
    if minutes.version > 1:
        title = _("调解记录（第 %(n)d 次，第 %(version)d 版）") % {"n": session.n, "version": minutes.version}
    return _issue(dispute, "minutes", data, kind=PaperKind.MINUTES, title=title, by=by)


@in_print
def typeset_extension(dispute: Dispute, old: date, new: date, reason: str, *, by: User) -> Paper:
    """延期调解同意书, for both sides to sign."""
    data = {
        **_case(dispute),
        "due": old,
        "new_due": new,
        "reason": reason,
        "signers": [{"role": party.get_role_display()} for party in dispute.cast] + [{"role": _("人民调解员")}],
    }
    return _issue(dispute, "extension_consent", data, kind=PaperKind.EXTENSION, title=_("延期调解同意书"), by=by)


@in_print
def typeset_termination(termination: Termination, *, by: User) -> Paper:
    """终止调解通知书, to all parties."""
    reasons = [str(termination.get_reason_display()), termination.words]
    data = {
        **_case(termination.dispute),
        "reason": "。".join(reason.rstrip("。") for reason in reasons if reason) + "。",
        "remedies": termination.remedies_told,
    }
    title = _("终止调解通知书")
    return _issue(termination.dispute, "termination", data, kind=PaperKind.TERMINATION, title=title, by=by)


def said(statements: str) -> list[dict[str, str]]:
    """Each statement with its speaker; a line without one goes on with what the line before said."""
    found: list[dict[str, str]] = []
    for line in filter(None, map(str.strip, statements.splitlines())):
        who, colon, words = line.replace(":", "：", 1).partition("：")
        if colon and len(who) <= LONGEST_SPEAKER:
            found.append({"who": who.strip(), "said": words.strip()})
        elif found:
            found[-1]["said"] += f"\n{line}"
        else:
            found.append({"who": str(_("记录")), "said": line})
    return found


def _end(minutes: Minutes) -> Any:
    """The time alone where it ended on the day it began."""
    begun, ended = timezone.localtime(minutes.started_at), timezone.localtime(minutes.ended_at)
    return f"{ended:%H:%M}" if begun.date() == ended.date() else ended


def _undisputed(minutes: Minutes) -> list[dict[str, str]]:
    facts = [f"{n}. {fact}" for n, fact in enumerate(minutes.facts, 1)]
    return [{"who": str(_("双方都没有争议的事实")), "said": "\n".join(facts)}] if facts else []


def _case(dispute: Dispute) -> dict[str, Any]:
    accepted = dispute.accepted_at or dispute.registered_at
    return {"parties": _names(dispute.cast), "subject": dispute.title, "accepted_at": timezone.localdate(accepted)}


def _names(parties: Sequence[Party]) -> list[dict[str, str]]:
    return [{"name": party.name} for party in parties]


def _issue(dispute: Dispute, form: str, data: dict[str, Any], **how: Any) -> Paper:
    frame = {
        "committee": dispute.committee.name,
        "number": dispute.official_number,
        "date": timezone.localdate(),
        "demo": getattr(settings, "DEMO", False),
    }
    return add_typeset(dispute, form, {**frame, **data}, **how)
