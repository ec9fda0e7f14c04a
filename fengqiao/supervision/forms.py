"""The forms of supervision: those on a dispute, and those of each kind of thing."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body
from fengqiao.mediation.forms import moment
from fengqiao.papers.models import Paper
from fengqiao.people.models import CASE_WORKERS, Role, User
from fengqiao.routing.forms import bodies, offer_bodies
from fengqiao.routing.reach import in_district
from fengqiao.web.act_pages import ActForm, told

from .commands import conferences, leading, orders
from .commands.holding import LONGEST_TEXT
from .deeds import DeedForm, UnseenForm
from .models import Answer, Conclusion, OrderKind, Seat
from .thresholds import order_due, seat_names

MOST_DECISIONS = 5


def day(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, chosen from the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def these(found: list[Body]) -> Any:
    """The same bodies as rows that a select can hold."""
    return Body.objects.filter(pk__in=[body.pk for body in found]).select_related("region__level")


# ── on a dispute ──────────────────────────────────────────────────────────────────────────────────────────────────


class OrderForm(ActForm):
    lead = gettext_lazy("对方要签收，到期前用文字答复；答复由您这边认可，或者退回重办。")
    narrow = frozenset({"kind", "due_on"})
    kind = forms.ChoiceField(label=gettext_lazy("哪一种"), choices=OrderKind, widget=forms.RadioSelect)
    due_on = day(gettext_lazy("哪天前答复"))
    body = bodies(gettext_lazy("交给哪个单位"))
    words = told(gettext_lazy("要对方做什么"), max_length=LONGEST_TEXT, rows=4)

    def prepare(self) -> None:
        self.initial["kind"] = OrderKind.ASSIGN if self.actor.role == Role.LEADER else OrderKind.SUPERVISE
        self.initial["due_on"] = order_due()
        offer_bodies(self.fields["body"], these(orders.may_be_ordered(self.dispute, self.actor)))
        self.initial["body"] = self.dispute.body_id


class OwnForm(ActForm):
    lead = gettext_lazy("领导包案以后，责任单位和领导在这件事的页面上记进展，到办结或者换人为止。")
    narrow = frozenset({"leader", "target_on"})
    leader = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("哪位领导"), empty_label=None)
    target_on = day(gettext_lazy("哪天前办结"))
    body = bodies(gettext_lazy("责任单位"))
    why = told(gettext_lazy("为什么要领导包案"))

    def prepare(self) -> None:
        found = [self.actor] if self.actor.role == Role.LEADER else leading.leaders_for(self.dispute)
        self.offer("leader", User.objects.filter(pk__in=[one.pk for one in found]))
        offer_bodies(self.fields["body"], these(leading.bodies_for(self.dispute)))
        self.initial["body"] = self.dispute.body_id


class Papers(forms.ModelMultipleChoiceField):
    """Papers by what they are called."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.title or str(obj)


class ConveneForm(ActForm):
    lead = gettext_lazy(
        "先定时间、地点和要商量的事；被呼叫的单位一起请，别的人接着一个一个邀请。受邀的人看得到这件事，到会商和他无关为止。"
    )
    narrow = frozenset({"at", "place"})
    at = moment(gettext_lazy("什么时候"))
    place = forms.CharField(label=gettext_lazy("在哪里"), max_length=120)
    topic = told(gettext_lazy("要商量什么"))
    called = forms.ModelMultipleChoiceField(
        Body.objects.none(), label=gettext_lazy("请被呼叫的单位来"), required=False, widget=forms.CheckboxSelectMultiple
    )
    materials = Papers(
        Paper.objects.none(), label=gettext_lazy("会前要看的材料"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        self.initial["place"] = self.actor.body.address if self.actor.body else ""
        self.offer("materials", self.dispute.papers.all())
        called = conferences.called_in(self.dispute)
        self.offer("called", these(called))
        self.initial["called"] = [body.pk for body in called]
        if not called:
            del self.fields["called"]


class _Report(forms.Form):
    """How it stands, for a first report and for every other."""

    people = forms.IntegerField(label=gettext_lazy("涉及多少人"), min_value=0, max_value=1_000_000)
    words = told(gettext_lazy("情况"), max_length=LONGEST_TEXT, rows=4)
    measures = told(gettext_lazy("采取了什么措施"), max_length=LONGEST_TEXT)


class _First(_Report):
    title = forms.CharField(label=gettext_lazy("出了什么事"), max_length=120)
    place = forms.CharField(label=gettext_lazy("在哪里"), max_length=200)
    happened_at = moment(gettext_lazy("什么时候发生的"))

    field_order = ("title", "place", "happened_at", "people", "words", "measures")


class AlarmForm(ActForm, _First):
    lead = gettext_lazy(
        "报给上一级单位，逐级往上，直到区委区政府。可能引起治安、刑事案件的，先报告公安机关（人民调解法 25）。"
    )
    narrow = frozenset({"happened_at", "people"})

    def prepare(self) -> None:
        place = self.dispute.address or str(self.dispute.place or "")
        self.initial.update(title=self.dispute.title, place=place, happened_at=timezone.now())


class IncidentForm(DeedForm, _First):
    lead = AlarmForm.lead
    narrow = frozenset({"happened_at", "people"})

    def prepare(self) -> None:
        self.initial["happened_at"] = timezone.now()

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in super().facts.items() if name != "seen"}


class ReviewForm(ActForm):
    lead = gettext_lazy("研判只写结论，不会自动办。要督办、会商、包案的，接着在这件事的页面上办。")
    shapes = {"conclusion": "two"}
    conclusion = forms.ChoiceField(label=gettext_lazy("研判结论"), choices=Conclusion, widget=forms.RadioSelect)
    words = told(gettext_lazy("研判意见"))


# ── of orders and leaders' cases ──────────────────────────────────────────────────────────────────────────────────


class ReceiveForm(DeedForm):
    lead = gettext_lazy("签收表示已经看到并开始办。")


class AnswerForm(DeedForm):
    lead = gettext_lazy("写明办了什么、结果怎样。附件会放进这件事的文书材料。")
    words = told(gettext_lazy("答复"), max_length=LONGEST_TEXT, rows=5)
    file = forms.FileField(
        label=gettext_lazy("附件"), required=False, help_text=gettext_lazy("PDF、JPG 或 PNG，不超过 10 MB。")
    )


class AcceptForm(DeedForm):
    words = told(gettext_lazy("意见"), required=False)


class SendBackForm(DeedForm):
    words = told(gettext_lazy("哪里没有办到"))
    due_on = day(gettext_lazy("哪天前重办"))

    def prepare(self) -> None:
        self.initial["due_on"] = order_due()


class ReasonForm(DeedForm):
    reason = told(gettext_lazy("为什么"))


class WordsForm(DeedForm):
    words = told(gettext_lazy("内容"), max_length=LONGEST_TEXT, rows=4)


# ── of conferences ────────────────────────────────────────────────────────────────────────────────────────────────


class InviteForm(DeedForm):
    lead = gettext_lazy("受邀的人从现在起看得到这件事。不写姓名，就由这个单位的负责人、分流员定谁来。")
    narrow = frozenset({"seat", "person"})
    seat = forms.CharField(
        label=gettext_lazy("以什么身份"), max_length=60, widget=forms.TextInput(attrs={"list": "options"}),
        help_text=gettext_lazy("例如法官、首席调解员、援助律师、职能部门。"),
    )  # fmt: skip
    person = forms.CharField(label=gettext_lazy("请谁（姓名）"), max_length=40, required=False)
    body = bodies(gettext_lazy("哪个单位"))

    def prepare(self) -> None:
        self.options = seat_names()
        offer_bodies(self.fields["body"], Body.objects.at_work().filter(in_district()))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given["user"] = None
        if (name := given.pop("person", "").strip()) and given.get("body"):
            people = [one for one in _colleagues(given["body"]) if name in (one.name, one.username)]
            if len(people) == 1:
                given["user"] = people[0]
            else:
                words = _("%(body)s没有叫这个名字的工作人员。") if not people else _("有重名，请写用户名。")
                self.add_error("person", words % {"body": given["body"]})
        return given


class InvitationForm(UnseenForm):
    shapes = {"answer": "two"}
    answer = forms.ChoiceField(
        label=gettext_lazy("来不来"), choices=[one for one in Answer.choices if one[0] != Answer.PENDING],
        widget=forms.RadioSelect,
    )  # fmt: skip
    instead = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("换谁来"), required=False, empty_label=gettext_lazy("不换人")
    )
    words = told(gettext_lazy("说明"), required=False, help_text=gettext_lazy("来不了的，请写明为什么。"))

    def prepare(self) -> None:
        people = [one.pk for one in _colleagues(self.thing.body) if one.pk != self.thing.user_id]
        self.offer("instead", User.objects.filter(pk__in=people))


class CloseTaskForm(DeedForm):
    lead = gettext_lazy("认可以后，这件事到此为止；办它的人不再因为会商看得到这件纠纷。")


class HoldForm(DeedForm):
    lead = gettext_lazy("记下谁到了、怎么说的、定了什么。定下的每件事交给一个单位，到期前答复。")
    shapes = {"present": "two"}
    widths = {f"{name}_{n}": width for n in range(1, MOST_DECISIONS + 1)
              for name, width in (("body", "c6"), ("due", "c6"))}  # fmt: skip
    present = forms.ModelMultipleChoiceField(
        Seat.objects.none(), label=gettext_lazy("谁到会了"), widget=forms.CheckboxSelectMultiple
    )
    minutes = told(gettext_lazy("会商记录"), max_length=LONGEST_TEXT, rows=6)

    def prepare(self) -> None:
        self.offer("present", self.thing.seats.select_related("body", "user"))
        found = these(conferences.task_bodies(self.thing, self.thing.dispute))
        for n in range(1, MOST_DECISIONS + 1):
            self.fields[f"words_{n}"] = told(_("定下的第 %(n)d 件事") % {"n": n}, required=False, rows=2)
            self.fields[f"body_{n}"] = bodies(_("交给谁"))
            self.fields[f"body_{n}"].required = False
            offer_bodies(self.fields[f"body_{n}"], found)
            self.fields[f"due_{n}"] = day(_("哪天前"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        decisions = []
        for n in range(1, MOST_DECISIONS + 1):
            words, body, due = (given.pop(f"{name}_{n}", None) for name in ("words", "body", "due"))
            if words and body and due:
                decisions.append(conferences.Decision(words, body, due))
            elif (words or body or due) and not {f"words_{n}", f"body_{n}", f"due_{n}"} & set(self.errors):
                self.add_error(f"words_{n}", _("一件事要写明办什么、交给谁、哪天前。"))
        given["decisions"] = decisions
        return given


# ── of incidents ──────────────────────────────────────────────────────────────────────────────────────────────────


class FollowUpForm(DeedForm, _Report):
    lead = gettext_lazy("收到过前面报告的单位都会收到这一报。")

    def prepare(self) -> None:
        last = self.thing.reports.last()
        self.initial["people"] = last.people if last else 0


class PassOnForm(DeedForm):
    def prepare(self) -> None:
        body = self.actor.body
        if body is not None and body.superior is not None:
            self.lead = _("报给%(body)s。") % {"body": body.superior}
            return
        self.lead = _("上面是区委、区政府：平台只记下报给了谁、怎么报的。")
        self.fields["to_name"] = forms.CharField(label=_("报给谁"), max_length=120)
        self.fields["how"] = forms.CharField(label=_("怎么报的"), max_length=120, help_text=_("例如电话、书面、当面。"))


class PlanForm(DeedForm):
    lead = gettext_lazy("启动以后，清单里的每一项由谁、什么时候做的都记下来。")


class DoneForm(UnseenForm):
    """Nothing to fill in."""


def _colleagues(body: Body) -> list[User]:
    people = User.objects.filter(is_active=True, role__in=CASE_WORKERS).select_related("home_body", "station_body")
    return [one for one in people.filter(home_body=body) | people.filter(station_body=body) if one.body_id == body.pk]
