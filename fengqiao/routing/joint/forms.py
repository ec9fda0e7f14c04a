"""The forms of joint handling: call several at once, name who does it, close, send back, drop, and who came."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Assist, Outcome
from fengqiao.people.models import User
from fengqiao.routing.forms import bodies, offer_bodies
from fengqiao.routing.reach import in_district
from fengqiao.web.act_pages import ActForm, told

from .calling import Called
from .candidates import candidates
from .tasks import LONGEST_RESULT, staff_of, usual_due

OTHERS = ("body", "second", "third")  # besides those that are proposed


def by_day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, **kwargs, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class CallInForm(ActForm):
    lead = gettext_lazy("承办单位不变。对方从现在起看得到这件事，各有一项联动任务，办完由对方销号。可以一次请几家。")
    shapes = {"proposed": "two"}
    proposed = forms.MultipleChoiceField(
        label=gettext_lazy("按责任清单、专长和手上的件数，建议请"), required=False, widget=forms.CheckboxSelectMultiple
    )
    body = bodies(gettext_lazy("另外请哪个单位"))
    second = bodies(gettext_lazy("再请哪个单位"))
    third = bodies(gettext_lazy("还请哪个单位"))
    reason = told(gettext_lazy("请对方做什么"))
    due_on = by_day(gettext_lazy("哪天以前办好"), required=False)

    def prepare(self) -> None:
        there = Q(pk=self.dispute.body_id) | Q(pk__in=self.dispute.assists.values("body_id"))
        fields: list[Any] = [self.fields[name] for name in OTHERS]
        offer_bodies(fields[0], Body.objects.at_work().filter(in_district()).exclude(there))
        for field in fields:
            field.queryset, field.choices, field.required = fields[0].queryset, list(fields[0].choices), False
        self.initial["due_on"] = usual_due()
        self.found = {one.key: one for one in candidates(self.dispute)}
        proposed: Any = self.fields["proposed"]
        proposed.choices = [(key, one.words) for key, one in self.found.items()]
        if not self.found:
            del self.fields["proposed"]

    def clean(self) -> dict[str, Any] | None:
        if not any(self.cleaned_data.get(name) for name in ("proposed", *OTHERS)):
            self.add_error("body", _("请至少选一个单位。"))
        return super().clean()

    @property
    def facts(self) -> dict[str, Any]:
        told = super().facts
        chosen = [self.found[key] for key in told.pop("proposed", [])]
        called = [Called(one.body, one.person, one.reason) for one in chosen]
        others = [told.pop(name) for name in OTHERS]
        called += [Called(body) for body in others if body]
        return {**told, "called": called}


class TaskForm(ActForm):
    """About one child task, named in the address."""

    def prepare(self) -> None:
        found = self.dispute.joint_tasks.select_related("assist__body", "person", "dispute")
        self.subject = get_object_or_404(found, n=self.named["n"])
        self.subject.dispute = self.dispute

    @property
    def facts(self) -> dict[str, Any]:
        """A task has no form that another act of the dispute makes stale."""
        return {name: value for name, value in super().facts.items() if name != "seen"}


class AssignForm(TaskForm):
    lead = gettext_lazy("定下由谁来办，他会收到通知。")
    person = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("由谁办"), empty_label=gettext_lazy("请选择")
    )

    def prepare(self) -> None:
        super().prepare()
        self.offer("person", staff_of(self.subject.assist.body))


class CloseForm(TaskForm):
    lead = gettext_lazy("销号：写明办了什么、结果怎样，承办单位看得到。没办到的，对方可以退回再办。")
    shapes = {"outcome": "pick"}
    outcome = forms.ChoiceField(
        label=gettext_lazy("办得怎样"), widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (Outcome.DONE, Outcome.PARTLY, Outcome.CANNOT)],
    )  # fmt: skip
    result = told(gettext_lazy("办了什么、结果怎样"), max_length=LONGEST_RESULT)


class SendBackForm(TaskForm):
    lead = gettext_lazy("退回以后对方接着办，原来的结果留在经过里。")
    reason = told(gettext_lazy("哪里没有办到"))
    due_on = by_day(gettext_lazy("哪天以前办好"), required=False)

    def prepare(self) -> None:
        super().prepare()
        self.initial["due_on"] = usual_due()


class DropForm(TaskForm):
    lead = gettext_lazy("撤了以后对方不用再办，也不算没有销号。")
    reason = told(gettext_lazy("为什么不用办了"))


class Assists(forms.ModelMultipleChoiceField):
    """Called bodies by name."""

    def label_from_instance(self, obj: Assist) -> str:
        return obj.body.name


class AttendanceForm(ActForm):
    lead = gettext_lazy("一起谈、一起上门、一起开会的，记下被呼叫的单位谁到了。会商的到场由会商自动记。")
    what = forms.CharField(label=gettext_lazy("一起做的什么事"), max_length=120)
    on = by_day(gettext_lazy("哪一天"))
    came = Assists(
        Assist.objects.none(), label=gettext_lazy("谁到了"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        called = Assist.objects.filter(dispute=self.dispute).exclude(task__outcome=Outcome.DROPPED)
        self.offer("came", called.select_related("body"))
        self.initial["on"] = timezone.localdate()

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("还没到那一天，到了再记。"))
        return on
