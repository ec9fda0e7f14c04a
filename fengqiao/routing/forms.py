"""The forms of the acts of routing. Each says in `lead` what will happen, and gives its command the facts."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body, BodyQuerySet
from fengqiao.disputes.knowing import may_be_named, named
from fengqiao.disputes.models import Category, Difficulty, Dispute, Risk
from fengqiao.disputes.remedies import Remedy
from fengqiao.people.models import Role, User
from fengqiao.web.act_pages import ActForm, told

from .commands import LONGEST_TITLE
from .first_receiver import may_be_cited
from .grading.book import GENERAL
from .grading.counting import MOST, applying
from .grading.proposing import MARKS, Proposed, last_grading, marks_of, proposed
from .models import HandOverKind, RejectReason
from .reach import lower_than, reachable_from
from .suggestions import suggest


def bodies(label: Any) -> forms.ModelChoiceField:
    """One body; `prepare` says which may be chosen."""
    return forms.ModelChoiceField(Body.objects.none(), label=label, empty_label=gettext_lazy("请选择"))


def offer_bodies(field: Any, found: BodyQuerySet) -> None:
    """Let the select hold these bodies, grouped by kind."""
    field.queryset = found
    field.choices = [("", field.empty_label), *_by_kind(found.order_by("kind", "region__code", "pk"))]


def _by_kind(found: Iterable[Body]) -> list[tuple[str, list[tuple[int, str]]]]:
    grouped = groupby(found, key=lambda body: str(body.get_kind_display()))
    return [(kind, [(body.pk, body.name) for body in group]) for kind, group in grouped]


class SendForm(ActForm):
    """Send to a body that may be reached."""

    to = bodies(gettext_lazy("交给哪个单位"))

    def prepare(self) -> None:
        sender = self.actor.body or self.dispute.body
        offer_bodies(self.fields["to"], reachable_from(sender).exclude(pk=self.dispute.body_id))


class DispatchForm(SendForm):
    lead = gettext_lazy("对方四十八小时内受理，或者写明理由退回。首接单位仍然看得到这件事。")
    why = told(
        gettext_lazy("为什么不按建议"),
        required=False,
        rows=2,
        help_text=gettext_lazy("交给建议以外的单位才要写；会和规则的建议一起存下来。"),
    )
    remark = told(gettext_lazy("嘱咐一句"), required=False)

    def prepare(self) -> None:
        super().prepare()
        self.suggestion = found = suggest(self.dispute)
        if found and found.body and found.body.pk != self.dispute.body_id:
            self.initial["to"] = found.body.pk


class AcceptForm(ActForm):
    lead = gettext_lazy("受理以后，三个工作日内指定调解员。要换单位，请用“转办”或者“上报”。")


class ReturnForm(ActForm):
    lead = gettext_lazy(
        "退给分派来的单位；没有的，退给首接单位。对方会看到您写的理由。第二次退回，交兜底窗口定，定下来就不能再退。"
    )
    cites = forms.ChoiceField(
        label=gettext_lazy("哪一项、哪一条用在这件事上不对"),
        help_text=gettext_lazy("退回要有依据：指明责任清单的一项，或者一条分流规则。"),
    )
    reason = told(gettext_lazy("为什么退回"))

    def prepare(self) -> None:
        field: Any = self.fields["cites"]
        field.choices = [("", _("请选择")), *may_be_cited()]


class RejectForm(ActForm):
    lead = gettext_lazy("会做一份《不予受理告知书》，写明理由和其他途径，请当面或者书面告知申请人。")
    shapes = {"reason": "pick"}
    reason = forms.ChoiceField(label=gettext_lazy("为什么不予受理"), choices=RejectReason, widget=forms.RadioSelect)
    words = told(gettext_lazy("具体情况"), required=False)
    remedies = forms.MultipleChoiceField(
        label=gettext_lazy("告知还可以走哪条路"), choices=Remedy, widget=forms.CheckboxSelectMultiple
    )


class EscalateForm(ActForm):
    lead = gettext_lazy("上报以后不再算“就地化解”，由上级决定受理、分派或者退回。")
    reason = told(gettext_lazy("为什么本级办不了"))


class ReferDownForm(SendForm):
    lead = gettext_lazy("交给事情发生地的下级单位，对方四十八小时内受理或者退回。")
    reason = told(gettext_lazy("为什么交给下级"))

    def prepare(self) -> None:
        sender = self.actor.body or self.dispute.body
        offer_bodies(self.fields["to"], reachable_from(sender).filter(lower_than(self.dispute.body)))


class TransferForm(SendForm):
    lead = gettext_lazy("转给别的单位从头办，原来的调解员不再管这件事。")
    reason = told(gettext_lazy("为什么转办"))


class MergeForm(ActForm):
    lead = gettext_lazy("这一件到此为止，事情在另一件里接着办。当事人和来访记录都留着。")
    from_address = ("into",)
    into = forms.CharField(
        label=gettext_lazy("并入哪一件"), max_length=30, widget=forms.TextInput(attrs={"list": "likely"})
    )
    reason = told(gettext_lazy("为什么是同一件事"))

    def prepare(self) -> None:
        self.likely = likely_the_same(self.dispute, self.actor)

    def clean_into(self) -> Dispute:
        number = self.cleaned_data["into"].strip()
        found = Dispute.objects.visible_to(self.actor).filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("没有找到编号 %(number)s，或者不归您看。") % {"number": number})
        return found


class HandOverForm(ActForm):
    lead = gettext_lazy("交给外面的机构接着办，这里核实对方收到材料以后办结。")
    kind = forms.ChoiceField(label=gettext_lazy("移送给谁"), choices=HandOverKind, widget=forms.RadioSelect)
    to_name = forms.CharField(label=gettext_lazy("单位全称"), max_length=120)
    reason = told(gettext_lazy("为什么移送"))


class GradeForm(ActForm):
    lead = gettext_lazy("系统按本区的标准建议，由您来定。定成别的要写理由。")
    shapes = {"marks": "two"}
    title = forms.CharField(
        label=gettext_lazy("事由"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy("一句话写清为什么事，例如“拖欠三个月工资”。双方都看得到。"),
    )
    category = forms.ModelChoiceField(
        Category.objects.all(), label=gettext_lazy("纠纷类型"), required=False, empty_label=gettext_lazy("未分类")
    )
    difficulty = forms.ChoiceField(label=gettext_lazy("难易程度"), choices=Difficulty, widget=forms.RadioSelect)
    risk = forms.ChoiceField(
        label=gettext_lazy("风险等级"),
        choices=Risk,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("可能转成治安、刑事案件的，要及时报告公安机关（人民调解法 25）。"),
    )
    applicants = forms.IntegerField(
        label=gettext_lazy("申请人一共多少人"), min_value=1, max_value=MOST, required=False,
        help_text=gettext_lazy("一个人替大家写来的，写大家一共多少人；分级标准按人数算。"),
    )  # fmt: skip
    marks = forms.MultipleChoiceField(
        label=gettext_lazy("有没有这些情况"), choices=MARKS, required=False, widget=forms.CheckboxSelectMultiple
    )
    remark = told(
        gettext_lazy("理由"), required=False, help_text=gettext_lazy("和建议的不一样，或者改了风险等级，要写。")
    )

    def prepare(self) -> None:
        for name in ("title", "category", "difficulty", "risk"):
            self.fields[name].initial = getattr(self.dispute, name)
        self.initial.update(marks=marks_of(self.dispute), applicants=applying(self.dispute))
        self.graded = self._proposed()
        if self.graded.level and last_grading(self.dispute) is None and self.graded.level != GENERAL:
            self.fields["difficulty"].initial = self.graded.level

    def _proposed(self) -> Proposed:
        """On what was filled in, once it was; so that a form that comes back proposes what its refusal says."""
        if not self.is_bound:
            return proposed(self.dispute)
        said = self.data.getlist("marks") if isinstance(self.data, MultiValueDict) else []
        n = str(self.data.get("applicants", ""))
        return proposed(self.dispute, said, applicants=int(n) if n.isdecimal() and len(n) < 6 else None)


class RemindForm(ActForm):
    lead = gettext_lazy("轮到的人会收到通知。一小时里只能催一次。")
    words = told(gettext_lazy("催什么"))


class Insiders(forms.ModelMultipleChoiceField):
    """People by name, with what they are and where."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}　{obj.get_role_display()}　{obj.body}"


class RestrictForm(ActForm):
    lead = gettext_lazy(
        "限知以后，除了调解员和当事人，只有名单上的人看得到这件事：列表、搜索、统计明细里都没有。"
        "转到别的单位时，那个单位的负责人自动列入。"
    )
    shapes = {"people": "two"}
    people = Insiders(User.objects.none(), label=gettext_lazy("哪些人可以知道"), widget=forms.CheckboxSelectMultiple)
    reason = told(gettext_lazy("为什么"))

    def prepare(self) -> None:
        fit = may_be_named(self.dispute)
        found = User.objects.filter(pk__in=[one.pk for one in fit])
        self.offer("people", found.select_related("station_body", "home_body"))
        on_list = {row.user_id for row in named(self.dispute)}
        self.initial["people"] = on_list or {one.pk for one in fit if self._would_be(one)}

    def _would_be(self, one: User) -> bool:
        """Whoever fills this in, and who answers for the body that has it."""
        return one == self.actor or (one.role == Role.MANAGER and one.body_id == self.dispute.body_id)


class UnrestrictForm(ActForm):
    lead = gettext_lazy("解除以后，有关单位的人都看得到这件事。")
    reason = told(gettext_lazy("为什么解除"))


def likely_the_same(dispute: Dispute, actor: User) -> list[Dispute]:
    """Other open disputes of the same people that this person may see: the ones one is likely to mean. At most ten."""
    people = Q()
    for party in dispute.parties.all():
        for index in ("id_index", "phone_index"):
            if value := getattr(party, index):
                people |= Q(**{f"parties__{index}": value})
    if not people:
        return []
    others = Dispute.objects.visible_to(actor).open().filter(people).exclude(pk=dispute.pk)
    return list(others.order_by("-registered_at").distinct()[:10])
