"""The forms of the acts of mediation. Each says in `lead` what will happen, and gives its command the facts."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes.models import Party, PartyRole, Willing
from fengqiao.disputes.remedies import Remedy
from fengqiao.web import moments
from fengqiao.web.act_pages import LONGEST, ActForm, told

from .choosing import Wish
from .commands import Consent
from .models import FailReason, Ground, How, Outcome, Session, SessionKind, SessionStatus
from .readiness import told_of_rights
from .roster import RecusalCheck, candidates, hints, hints_of_entry, set_aside, sides, why_not_named

ANSWERS = [(Willing.YES.value, Willing.YES.label), (Willing.NO.value, Willing.NO.label)]


def moment(label: Any, **kwargs: Any) -> forms.DateTimeField:
    """A day and a time, chosen from the browser's own calendar."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **kwargs)


def parties(label: Any, **kwargs: Any) -> forms.ModelMultipleChoiceField:
    """Any of the parties; `prepare` says whose."""
    widget = forms.CheckboxSelectMultiple
    return forms.ModelMultipleChoiceField(Party.objects.none(), label=label, widget=widget, **kwargs)


class WillingnessForm(ActForm):
    lead = gettext_lazy("一方明确拒绝的，不能调解（人民调解法 17）。以后改了主意，可以再记一次。")
    party = forms.ModelChoiceField(
        Party.objects.none(), label=gettext_lazy("谁"), widget=forms.RadioSelect, empty_label=None
    )
    willing = forms.ChoiceField(label=gettext_lazy("愿不愿意调解"), choices=ANSWERS, widget=forms.RadioSelect)
    remark = told(gettext_lazy("原话或者说明"), required=False)

    def prepare(self) -> None:
        self.offer("party", self.dispute.parties.all())


@dataclass(frozen=True)
class WishLine:
    """One wish as whoever names the mediator reads it: can it be granted, and what to ask first."""

    wish: Wish
    why_not: str
    hints: str

    @property
    def can(self) -> bool:
        return not (self.why_not or self.hints or self.wish.refused_by)


class AssignForm(ActForm):
    lead = gettext_lazy("先核对回避，再指定。有回避事由的，双方都同意才能继续。换调解员也在这里办。")
    shapes = {"mediator": "pick"}
    mediator = forms.ChoiceField(label=gettext_lazy("由谁调解"), widget=forms.RadioSelect)
    chosen_by = forms.ModelChoiceField(
        Party.objects.none(),
        label=gettext_lazy("当事人点选"),
        required=False,
        empty_label=gettext_lazy("不是当事人点选的"),
    )
    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("调解员说明的关系"),
        choices=Ground,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("都没有就不勾。"),
    )
    words = told(gettext_lazy("关系的具体情况，或者核对结果"), required=False)
    unmet = told(
        gettext_lazy("没有按点选安排的理由"),
        required=False,
        help_text=gettext_lazy("当事人会看到这一句；关系、回避这些别人的情况不要写在里面。"),
    )
    consents = parties(gettext_lazy("有关系也同意由他调解的"), required=False)

    def prepare(self) -> None:
        self.mediators = {str(user.pk): user for user in candidates(self.dispute)}
        choice: Any = self.fields["mediator"]
        choice.choices = [(pk, self._words_for(user)) for pk, user in self.mediators.items()]
        for name in ("chosen_by", "consents"):
            self.offer(name, self.dispute.parties.all())
        self.wishes = [self._wished(wish) for wish in self.dispute.wishes.open()]
        self.aside = set_aside(self.dispute)
        if not self.wishes:
            del self.fields["unmet"]
        first = next((line.wish for line in self.wishes if line.can), None)
        if first:
            self.initial.update(mediator=str(first.entry.user_id), chosen_by=first.party_id)

    def _wished(self, wish: Wish) -> WishLine:
        user, found = wish.entry.user, hints_of_entry(self.dispute, wish.entry)
        reason = wish.entry.why_not_named()
        if user and not reason:
            reason, found = why_not_named(self.dispute, user), hints(self.dispute, user)
        return WishLine(wish, reason or "", "、".join(str(hint.label) for hint in found))

    def _words_for(self, user: Any) -> str:
        words = {"name": user, "body": user.body, "load": user.load}
        line = _("%(name)s（%(body)s），手上 %(load)d 件") % words
        found = "、".join(str(hint.label) for hint in hints(self.dispute, user))
        return _("%(line)s；注意：%(hints)s") % {"line": line, "hints": found} if found else line

    @property
    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        check = RecusalCheck(**{name: given[name] for name in ("grounds", "words", "consents", "chosen_by")})
        unmet = given.get("unmet", "")
        return {"mediator": self.mediators[given["mediator"]], "recusal": check, "unmet": unmet, "seen": given["seen"]}


class InformForm(ActForm):
    lead = gettext_lazy("讲清楚人民调解的性质、原则、效力和双方的权利义务，系统做一份告知书请他们签名。")
    told = parties(gettext_lazy("告知了谁"))
    how = forms.ChoiceField(label=gettext_lazy("怎样告知的"), choices=How, widget=forms.RadioSelect)

    def prepare(self) -> None:
        known = told_of_rights(self.dispute)
        self.offer("told", self.dispute.parties.all())
        self.initial["told"] = [party.pk for party in sides(self.dispute) if party.pk not in known]
        self.initial["how"] = How.ORAL


class ScheduleForm(ActForm):
    lead = gettext_lazy("同一位调解员前后三十分钟内不能约两场。马上就谈的，写现在的时间。")
    narrow = frozenset({"at", "kind"})
    at = moment(gettext_lazy("什么时候"))
    kind = forms.ChoiceField(label=gettext_lazy("怎么谈"), choices=SessionKind, widget=forms.RadioSelect)
    place = forms.CharField(
        label=gettext_lazy("在哪里"), max_length=120, help_text=gettext_lazy("写到房间；线上、电话也写清楚怎么进。")
    )

    def prepare(self) -> None:
        last = self.dispute.sessions.last()
        self.initial["kind"] = last.kind if last else SessionKind.ON_SITE
        self.initial["place"] = last.place if last else self.dispute.body.address


class RecordForm(ActForm):
    lead = gettext_lazy("记下以后不能改，只能更正成新的一版。系统做一份调解记录，请双方核对签名。")
    shapes = {"outcome": "two"}
    narrow = frozenset({"others", "started_at", "minutes", "recorder"})
    session = forms.ModelChoiceField(Session.objects.none(), label=gettext_lazy("哪一次"), empty_label=None)
    present = parties(gettext_lazy("谁到场"))
    started_at = moment(gettext_lazy("几点开始的"), required=False, help_text=gettext_lazy("不写，按约定的时间。"))
    minutes = forms.IntegerField(label=gettext_lazy("谈了多少分钟"), min_value=1, max_value=24 * 60)
    others = forms.CharField(
        label=gettext_lazy("还请了谁"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy("例如社区网格员、亲属、专家；请他们来要双方同意。"),
    )
    recorder = forms.CharField(
        label=gettext_lazy("记录人"), max_length=40, required=False, help_text=gettext_lazy("不写，就是您自己。")
    )
    statements = told(
        gettext_lazy("各方说了什么"),
        max_length=20000,
        rows=12,
        help_text=gettext_lazy("一行一句，先写谁，再写冒号，例如“沈玉兰：水是从楼上漏下来的。”"),
    )
    undisputed = told(
        gettext_lazy("双方都没有争议的事实"),
        required=False,
        help_text=gettext_lazy("一行一条。以后可以单独使用；为谈成作的让步不要写在这里。"),
    )
    outcome = forms.ChoiceField(label=gettext_lazy("这一次的结果"), choices=Outcome, widget=forms.RadioSelect)
    words = told(gettext_lazy("结果写具体些"), required=False)

    def prepare(self) -> None:
        self.offer("session", self.dispute.sessions.filter(status=SessionStatus.PLANNED))
        session: Any = self.fields["session"]
        session.label_from_instance = _session_words
        self.offer("present", self.dispute.parties.all())
        self.initial["present"] = [party.pk for party in sides(self.dispute)]

    @property
    def facts(self) -> dict[str, Any]:
        given = super().facts
        return {"facts": given.pop("undisputed").splitlines(), **given}


class SessionForm(ActForm):
    """About one session, named by its number in the address."""

    def prepare(self) -> None:
        self.subject = get_object_or_404(self.dispute.sessions.all(), n=self.named["n"])


class CancelForm(SessionForm):
    lead = gettext_lazy("取消以后可以另约时间。请自己打电话告诉双方。")
    reason = told(gettext_lazy("为什么取消"))


class CorrectForm(SessionForm):
    lead = gettext_lazy("原来的一版留着不动，更正的内容另成一版，注明为什么。")
    shapes = {"outcome": "two"}
    statements = told(gettext_lazy("各方说了什么"), max_length=20000, rows=12)
    undisputed = told(gettext_lazy("双方都没有争议的事实"), required=False)
    outcome = forms.ChoiceField(label=gettext_lazy("这一次的结果"), choices=Outcome, widget=forms.RadioSelect)
    words = told(gettext_lazy("结果写具体些"), required=False)
    reason = told(gettext_lazy("更正了什么、为什么"))

    def prepare(self) -> None:
        super().prepare()
        self.subject = record = self.subject.record
        if record is None:
            raise Http404
        self.initial.update({name: getattr(record, name) for name in ("statements", "outcome", "words")})
        self.initial["undisputed"] = "\n".join(record.facts)

    @property
    def facts(self) -> dict[str, Any]:
        given = super().facts
        return {"facts": given.pop("undisputed").splitlines(), **given}


class SuspendForm(ActForm):
    lead = gettext_lazy("从现在起期限停走，拿到结果点“恢复调解”再接着走。")
    reason = told(gettext_lazy("在等什么"), max_length=200, help_text=gettext_lazy("例如房屋渗漏鉴定、伤残等级鉴定。"))


class ResumeForm(ActForm):
    lead = gettext_lazy("期限从现在起接着走，停的日子不算。")


class ExtendForm(ActForm):
    lead = gettext_lazy("要双方都同意。系统做一份延期同意书，请他们签名。")
    days = forms.IntegerField(label=gettext_lazy("延长多少天"), min_value=1, max_value=366)
    parties = parties(gettext_lazy("谁同意了"))
    how = forms.ChoiceField(label=gettext_lazy("怎样表示同意的"), choices=How, widget=forms.RadioSelect)
    reason = told(gettext_lazy("为什么要延长"))

    def prepare(self) -> None:
        self.offer("parties", self.dispute.parties.exclude(role=PartyRole.THIRD))

    @property
    def facts(self) -> dict[str, Any]:
        given = super().facts
        return {"consent": Consent(parties=list(given.pop("parties")), how=given.pop("how")), **given}


class FailForm(ActForm):
    lead = gettext_lazy("会做一份《终止调解通知书》，写明理由和其他途径，请交给双方。")
    shapes = {"reason": "pick"}
    reason = forms.ChoiceField(label=gettext_lazy("为什么终止"), choices=FailReason, widget=forms.RadioSelect)
    words = told(gettext_lazy("具体情况"), required=False)
    remedies = forms.MultipleChoiceField(
        label=gettext_lazy("告知还可以走哪条路"), choices=Remedy, widget=forms.CheckboxSelectMultiple
    )


class WithdrawForm(ActForm):
    lead = gettext_lazy("申请人当面来撤回的，由您代为登记，经过里会写明是您代记的。")
    party = forms.ModelChoiceField(
        Party.objects.none(), label=gettext_lazy("谁来撤回"), widget=forms.RadioSelect, empty_label=None
    )
    agreed_by = parties(gettext_lazy("其他申请人，一起来撤回的"), required=False)
    reason = told(gettext_lazy("为什么撤回"))

    def prepare(self) -> None:
        applicants = self.dispute.parties.filter(role=PartyRole.APPLICANT)
        self.offer("party", applicants)
        self.offer("agreed_by", applicants)
        if len(self.dispute.applicants) == 1:
            del self.fields["agreed_by"]


def _session_words(session: Session) -> str:
    return _("第 %(n)d 次，%(at)s，%(place)s") % {
        "n": session.n,
        "at": moments.moment(session.scheduled_at),
        "place": session.place,
    }
