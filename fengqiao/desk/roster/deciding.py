"""Every decision about an entry in one table: its form, its command, who may, from where."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.people.models import RosterEntry, User
from fengqiao.people.roster import commands
from fengqiao.people.roster.models import Enrolment
from fengqiao.people.roster.sight import may_keep, reviews

from .forms import AdmitForm, ReasonForm, RenewForm, RosterForm

S = Enrolment


@dataclass(frozen=True)
class Decision:
    """One act on an entry, as a button and a page."""

    name: str
    label: Any
    icon: str
    form: type[RosterForm]
    command: Callable[..., RosterEntry]
    sources: frozenset[Enrolment]
    said: Any
    primary: bool = False
    stop: bool = False

    def why_not(self, entry: RosterEntry, user: User) -> str | None:
        """The reason in a sentence, or None."""
        if not reviews(user):
            return _("只有审核单位的负责人、管理员可以办。")
        if entry.user_id == user.pk:
            return _("不能审核自己，请审核单位的另一位来办。")
        if self.name == "certify" and entry.certificate:
            return _("已经有证号了。要改任期请办续任。")
        if entry.standing not in self.sources:
            return _("“%(now)s”时不能%(act)s。") % {"now": entry.standing_words, "act": self.label}
        return None

    def url(self, entry: RosterEntry) -> str:
        return reverse("roster_decide", args=[entry.pk, self.name])


def _decision(
    name: str, label: Any, icon: str, command: Callable[..., RosterEntry], *sources: Enrolment, **more: Any
) -> Decision:
    said = more.pop("said", gettext_lazy("办好了，已经通知本人"))
    return Decision(name, label, icon, more.pop("form", ReasonForm), command, frozenset(sources), said, **more)


DECISIONS = {
    one.name: one
    for one in (
        _decision("admit", gettext_lazy("准许进名册"), "user-check", commands.admit, S.APPLIED, form=AdmitForm, primary=True),
        _decision("certify", gettext_lazy("发证"), "id-badge", commands.certify, S.ON, form=AdmitForm, primary=True),
        _decision("return", gettext_lazy("退回补充"), "corner-up-left", commands.return_back, S.APPLIED),
        _decision("refuse", gettext_lazy("不予通过"), "user-x", commands.refuse, S.APPLIED, stop=True),
        _decision("renew", gettext_lazy("续任"), "calendar-plus", commands.renew, S.ON, S.SUSPENDED, form=RenewForm),
        _decision("suspend", gettext_lazy("暂停资格"), "player-pause", commands.suspend, S.ON, stop=True),
        _decision("resume", gettext_lazy("恢复资格"), "player-play", commands.resume, S.SUSPENDED, primary=True),
        _decision("remove", gettext_lazy("移出名册"), "user-minus", commands.remove, S.ON, S.SUSPENDED, stop=True),
        _decision("restore", gettext_lazy("恢复在册"), "user-check", commands.restore, S.REMOVED),
    )
}  # fmt: skip


def possible(entry: RosterEntry, user: User) -> list[tuple[Decision, str]]:
    """What this person can decide about the entry now, each with its address."""
    return [(one, one.url(entry)) for one in DECISIONS.values() if one.why_not(entry, user) is None]


def may_change(entry: RosterEntry, user: User) -> bool:
    return may_keep(user, entry) and entry.standing != Enrolment.REMOVED
