"""The forms of the roster: what an entry says, and one small form for each decision about it."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Category
from fengqiao.intake.fields import IdNumberField, PhoneField, TextField
from fengqiao.papers.portraits import keep_portrait
from fengqiao.people.models import CASE_WORKERS, RosterEntry, RosterRules, User
from fengqiao.people.roster.commands import end_of_term
from fengqiao.people.roster.drafts import OWN, SEALED, EntryDraft
from fengqiao.people.roster.models import WEEKDAYS, Kind, Ties
from fengqiao.people.roster.sight import answers_for, bodies_answered_for
from fengqiao.places.models import Region
from fengqiao.web.act_pages import LONGEST, told
from fengqiao.web.fields import LaidOut

AREAS_TO_RANK = 2  # the county and its towns
TIES = ("employers", "kin", "interests")
HIDDEN = (SEALED - {"photo", "ties"}) | set(TIES)


class RosterForm(LaidOut):
    """A decision about an entry, and the version that the person was looking at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


def day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


def clock(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, required=False)


def several(label: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    kwargs = {"required": False, **kwargs}
    return forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, **kwargs)


class EntryForm(RosterForm):
    """Everything an entry says. The person alone sees only what is theirs to change."""

    narrow = ("name", "title", "body", "grade", "born_on", "phone", "id_number", "user", "hours_from", "hours_to")
    shapes = {"kinds": "two"}
    lead = gettext_lazy("群众看得到的只有姓名、照片、类别、单位、擅长、语言、区域、时间和简介，并且要本人同意。")
    user = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("平台账户"), required=False,
        empty_label=gettext_lazy("没有账户（专家、律师、志愿者等）"),
    )  # fmt: skip
    name = TextField(label=gettext_lazy("姓名"), max_length=40)
    kinds = several(
        gettext_lazy("类别"), choices=Kind, required=True, help_text=gettext_lazy("可以选几种。"),
        error_messages={"required": gettext_lazy("请至少选一种。")},
    )  # fmt: skip
    body = forms.ModelChoiceField(Body.objects.none(), label=gettext_lazy("所属单位"), empty_label=None)
    serves = forms.ModelMultipleChoiceField(
        Body.objects.none(), label=gettext_lazy("还服务的单位"), required=False,
        help_text=gettext_lazy("按住 Ctrl 可以选几个。没有就不选。"),
    )  # fmt: skip
    title = TextField(
        label=gettext_lazy("身份、职务"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("例如退休法官、注册造价师。"),
    )
    grade = forms.ChoiceField(label=gettext_lazy("等级"), required=False)
    specialities = several(gettext_lazy("擅长的纠纷"))
    languages = several(gettext_lazy("能说的话"))
    areas = several(gettext_lazy("服务区域"), help_text=gettext_lazy("不选就是全区。"))
    days = several(gettext_lazy("平常哪几天可以约"), choices=WEEKDAYS)
    hours_from, hours_to = clock(gettext_lazy("几点起")), clock(gettext_lazy("到几点"))
    on_call = forms.BooleanField(label=gettext_lazy("随叫随到"), required=False)
    introduction = told(
        gettext_lazy("简介"), max_length=500, required=False,
        help_text=gettext_lazy("用大白话写做过什么、擅长什么，群众看这一段来挑人。"),
    )  # fmt: skip
    photo = forms.FileField(
        label=gettext_lazy("照片"), required=False, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        help_text=gettext_lazy("免冠照，JPG 或 PNG，不超过 5 MB。系统裁成一寸，拍摄地点这些信息会去掉。"),
    )  # fmt: skip
    is_shown = forms.BooleanField(label=gettext_lazy("本人同意向群众公开，可以被点选"), required=False)
    born_on = day(
        gettext_lazy("出生日期"), required=False, help_text=gettext_lazy("要由成年公民担任（人民调解法 14）。")
    )
    phone = PhoneField(label=gettext_lazy("电话"), max_length=40, required=False)
    id_number = IdNumberField(label=gettext_lazy("身份证号"), max_length=40, required=False)
    employers = told(gettext_lazy("工作过、有往来的单位"), max_length=2000, required=False)
    kin = told(gettext_lazy("近亲属的姓名"), max_length=2000, required=False)
    interests = told(
        gettext_lazy("有利害关系的人和单位"), max_length=2000, required=False,
        help_text=gettext_lazy("以上三项一行一个，加密保存，只用来核对回避，只有本人和审核单位能看。"),
    )  # fmt: skip
    reason = told(gettext_lazy("说明"), required=False, help_text=gettext_lazy("为什么申报或者改，一句话。"))

    def __init__(self, *args: Any, actor: User, entry: RosterEntry | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.entry = actor, entry
        keeps = entry is None or answers_for(actor, entry.body)
        for name in [] if keeps else [name for name in self.fields if not _is_own(name)]:
            del self.fields[name]
        self.fields.pop("user" if entry is not None else "seen", None)
        # What is sealed is shown to nobody else, not even to be changed: they may only write it anew.
        self.hides = entry is not None and entry.user_id != actor.pk
        self._offer()
        self._fill()

    def _offer(self) -> None:
        rules = RosterRules.now()
        choices = {
            "grade": [("", _("还没有评")), *rules.grade_choices], "languages": rules.language_choices,
            "specialities": list(Category.objects.values_list("code", "name")),
            "areas": list(Region.objects.filter(level__rank__lte=AREAS_TO_RANK, is_slot=False).values_list("code", "name")),
        }  # fmt: skip
        bodies = bodies_answered_for(self.actor)
        found = {
            "body": bodies, "user": _without_entry(bodies, self.actor),
            "serves": Body.objects.that_handle().filter(is_slot=False),
        }  # fmt: skip
        for name, field in self.fields.items():
            given: Any = field
            if name in choices:
                given.choices = choices[name]
            if name in found:
                given.queryset = found[name]

    def _fill(self) -> None:
        if self.entry is None:
            self.initial.setdefault("body", self.actor.body_id)
            return
        entry, ties = self.entry, self.entry.declared
        plain = {
            name: getattr(entry, name)
            for name in self.fields
            if hasattr(entry, name) and name not in ("reason", "photo")
        }
        lines = {name: "\n".join(getattr(ties, name)) for name in TIES}
        if self.hides:
            lines, plain = {}, {name: value for name, value in plain.items() if name not in SEALED}
            for name in HIDDEN & set(self.fields):
                self.fields[name].help_text = _("已有的不显示。空着就是不改，写了就换成新的。")
        serving = entry.servings.filter(ended_on=None).values_list("body_id", flat=True)
        born = parse_date(entry.born_on) if entry.born_on and not self.hides else None
        self.initial = {
            **plain,
            **lines,
            "body": entry.body_id,
            "serves": list(serving),
            "born_on": born,
            **self.initial,
        }

    @property
    def facts(self) -> dict[str, Any]:
        """What a command is given; a photo is kept now, under its digest. Refused for a bad one."""
        given = {
            name: value for name, value in self.cleaned_data.items() if name not in ("seen", "reason", "user", *TIES)
        }
        given["ties"] = Ties(**{name: self.cleaned_data[name].splitlines() for name in TIES})
        if self.hides:
            given = {name: value for name, value in given.items() if value or name not in SEALED}
        upload = given.pop("photo", None)
        given["photo"] = keep_portrait(upload) if upload else (self.entry.photo if self.entry else "")
        return given

    @property
    def draft(self) -> EntryDraft:
        return EntryDraft(**self.facts, user=self.cleaned_data.get("user"))


class AdmitForm(RosterForm):
    narrow = ("grade",)
    lead = gettext_lazy("准许后进名册，可以打印工作牌。本人会收到通知。")
    valid_from = day(gettext_lazy("任期第一天"))
    valid_to = day(gettext_lazy("任期最后一天"))
    certificate = TextField(
        label=gettext_lazy("证号"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("空着就按本单位的顺序给一个。"),
    )
    grade = forms.ChoiceField(label=gettext_lazy("等级"), required=False)
    reason = told(gettext_lazy("审核意见"), required=False)

    def __init__(self, *args: Any, entry: RosterEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today, grade = timezone.localdate(), self.fields["grade"]
        grade.choices = [("", _("还没有评")), *RosterRules.now().grade_choices]  # type: ignore[attr-defined]
        self.initial = {
            "valid_from": today, "valid_to": end_of_term(today), "certificate": entry.certificate, "grade": entry.grade,
            **self.initial,
        }  # fmt: skip


class ReasonForm(RosterForm):
    """A decision with its reason, which the person reads."""

    reason = told(gettext_lazy("理由"), max_length=LONGEST, help_text=gettext_lazy("本人会看到这一句。"))

    def __init__(self, *args: Any, entry: RosterEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class RenewForm(RosterForm):
    lead = gettext_lazy("续任从原来的任期接下去，证号不变。")
    valid_to = day(gettext_lazy("新的任期到哪一天"))
    reason = told(gettext_lazy("说明"), required=False)

    def __init__(self, *args: Any, entry: RosterEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial = {"valid_to": end_of_term(max(entry.valid_to or today, today)), **self.initial}


class RosterFileForm(LaidOut):
    narrow = ("body",)
    lead = gettext_lazy("先整份核对，有一行不对就一行也不收，哪一行、为什么都列出来。")
    body = forms.ModelChoiceField(Body.objects.none(), label=gettext_lazy("没写单位的归到"), empty_label=None)
    file = forms.FileField(
        label=gettext_lazy("名册文件"), help_text=gettext_lazy("CSV（UTF-8）或者 XLSX，第一行是列名。")
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body: Any = self.fields["body"]
        body.queryset = bodies_answered_for(actor)
        self.initial.setdefault("body", actor.body_id)


def _is_own(name: str) -> bool:
    return name in OWN or name in (*TIES, "seen", "reason")


def _without_entry(bodies: Any, actor: User) -> Any:
    """Accounts of these bodies that are not on the roster yet; for who manages nobody, their own."""
    here = Q(station_body__in=bodies) | Q(station_body=None, home_body__in=bodies)
    found = User.objects.filter(here, is_active=True, role__in=CASE_WORKERS, roster_entry=None)
    return found if actor.role not in CASE_WORKERS or actor.role == "manager" else found.filter(pk=actor.pk)
