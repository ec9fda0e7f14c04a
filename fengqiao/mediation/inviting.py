"""The forms for asking somebody of the roster in: who, what for, and what they said."""

from collections import Counter
from typing import Any

from django import forms
from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes.joining import loads_of_people
from fengqiao.disputes.lifecycle import OPEN
from fengqiao.people.models import RosterEntry
from fengqiao.people.roster.models import Kind
from fengqiao.web.act_pages import ActForm, told

from .choosing import Invitation, Invited
from .roster import hints_of_entry

MOST = 60  # to choose from on one page; the rest is found by name
ADVISERS = (Kind.EXPERT, Kind.LAWYER, Kind.VOLUNTEER)
ANSWERS = [(one.value, one.label) for one in (Invited.COMES, Invited.DECLINED, Invited.CANCELLED)]


class InviteForm(ActForm):
    lead = gettext_lazy("从名册里请人来出主意、帮着谈。系统先核对回避：只说有哪一种关系，不说他申报的内容。")
    shapes = {"entry": "pick"}
    entry = forms.ChoiceField(label=gettext_lazy("请谁"), widget=forms.RadioSelect)
    purpose = told(gettext_lazy("请来做什么"), help_text=gettext_lazy("例如看渗漏的原因、算误工费。"))
    words = told(gettext_lazy("有提示的，写核对结果"), required=False)

    def prepare(self) -> None:
        self.found = {str(entry.pk): entry for entry in self._fitting()}
        choice: Any = self.fields["entry"]
        choice.choices = [(pk, self._words_for(entry)) for pk, entry in self.found.items()]
        if not self.found:
            choice.help_text = _("名册上还没有可以请的人。请先在名册里申报专家、律师、志愿者。")

    def _fitting(self) -> list[RosterEntry]:
        """Advisers first of the dispute's own matter, then the others; among equals who has the least in hand."""
        entries = RosterEntry.objects.in_force().select_related("body")
        code = self.dispute.category.code if self.dispute.category else ""
        advisers = [entry for entry in entries if set(ADVISERS) & set(entry.kinds)]
        self.loads = _loads(advisers)
        return sorted(advisers, key=lambda entry: (code not in entry.specialities, self.loads[entry.pk], entry.pk))[
            :MOST
        ]

    def _words_for(self, entry: RosterEntry) -> str:
        known = "、".join(entry.kind_words)
        line = _("%(who)s（%(known)s，%(body)s，手上 %(n)d 件）") % {
            "who": entry, "known": known, "body": entry.body, "n": self.loads[entry.pk],
        }  # fmt: skip
        found = "、".join(str(hint.label) for hint in hints_of_entry(self.dispute, entry))
        return _("%(line)s；注意：%(hints)s") % {"line": line, "hints": found} if found else line

    @property
    def facts(self) -> dict[str, Any]:
        return {**super().facts, "entry": self.found[self.cleaned_data["entry"]]}


def _loads(entries: list[RosterEntry]) -> Counter[int]:
    """What each has in hand: open disputes and parts of others' with an account, and invitations that stand."""
    asked = Invitation.objects.filter(
        entry__in=entries, status__in=[Invited.ASKED, Invited.COMES], dispute__state__in=OPEN
    )
    found = Counter(dict(asked.order_by().values_list("entry").annotate(n=Count("pk"))))
    own = loads_of_people([entry.user_id for entry in entries if entry.user_id])
    found.update({entry.pk: own[entry.user_id] for entry in entries if entry.user_id})
    return found


class InvitationForm(ActForm):
    lead = gettext_lazy("他怎么答复的，您代为记下。")
    shapes = {"status": "pick"}
    status = forms.ChoiceField(label=gettext_lazy("答复"), choices=ANSWERS, widget=forms.RadioSelect)
    remark = told(gettext_lazy("补充说明"), required=False)

    def prepare(self) -> None:
        self.subject = get_object_or_404(self.dispute.invitations.select_related("entry"), n=self.named["n"])
