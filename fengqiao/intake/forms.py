"""The registration form of the window: one page, person, matter, place."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Window
from fengqiao.disputes.commands import PartyDraft
from fengqiao.disputes.models import Category, Channel, Difficulty, PartyKind, PartyRole
from fengqiao.kernel.errors import Refused

from .drafts import ConsentDraft, ReceptionDraft, check_group, kind_of
from .fields import IdNumberField, NamesField, PhoneField, TextField, YuanField
from .needs import CARE, FILED_BY_OTHER
from .place_fields import PlaceForm

LONGEST_STORY = 5000
# Where it may come from when a person writes it down; the other channels are machines'.
BY_HAND = (
    Channel.WINDOW,
    Channel.PHONE,
    Channel.LETTER,
    Channel.GRID,
    Channel.VILLAGE,
    Channel.HOTLINE,
    Channel.POLICE,
    Channel.COURT,
    Channel.PETITION,
)


class RegisterForm(PlaceForm):
    """What the clerk fills in. `draft()` is what intake registers."""

    none_given = gettext_lazy("请选是哪个镇街、村社或者网格；说不清的，在旁边写地址。")
    none_knows = gettext_lazy("说不清是哪里，先照写的登记")
    none_found = gettext_lazy("本区没有这个地方。请改一改；不在本区的，这一格留空，写在旁边的地址里。")

    name = TextField(label=gettext_lazy("来访人"), max_length=80)
    id_number = IdNumberField(
        label=gettext_lazy("身份证号"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"data-no-draft": True}),
    )
    phone = PhoneField(
        label=gettext_lazy("手机"), max_length=40, help_text=gettext_lazy("没有可以写家人的，座机带区号")
    )
    opponent = TextField(label=gettext_lazy("对方（人或单位）"), max_length=80, required=False)
    opponent_kind = forms.ChoiceField(
        label=gettext_lazy("对方是"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", gettext_lazy("看名字")),
            (PartyKind.PERSON.value, gettext_lazy("个人")),
            (PartyKind.ORGANISATION.value, gettext_lazy("单位")),
        ],
    )
    persons = forms.IntegerField(label=gettext_lazy("同来人数"), min_value=1, max_value=2000, initial=1)
    representatives = NamesField(label=gettext_lazy("推选的代表"), max_length=200, required=False)
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("需要照顾"), choices=CARE, widget=forms.CheckboxSelectMultiple, required=False
    )
    agent = TextField(label=gettext_lazy("代办人"), max_length=80, required=False)

    facts = TextField(
        label=gettext_lazy("用来访人的话说是什么事"), max_length=LONGEST_STORY, widget=forms.Textarea(attrs={"rows": 2})
    )
    category = forms.ModelChoiceField(
        label=gettext_lazy("类型"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=gettext_lazy("还说不准"),
    )
    demand = TextField(label=gettext_lazy("想要什么"), max_length=500, required=False)
    difficulty = forms.ChoiceField(
        label=gettext_lazy("等级"),
        choices=Difficulty.choices,
        widget=forms.RadioSelect,
        initial=Difficulty.GENERAL,
        required=False,
    )
    amount = YuanField(label=gettext_lazy("涉及金额（元）"), max_length=30, required=False)
    is_restricted = forms.BooleanField(label=gettext_lazy("保密：涉及未成年人或者家庭暴力"), required=False)

    place_name = TextField(label=gettext_lazy("地方"), max_length=60, required=False)
    place = forms.CharField(max_length=15, required=False, widget=forms.HiddenInput)
    address = TextField(label=gettext_lazy("门牌、小区"), max_length=200, required=False)
    channel = forms.ChoiceField(
        label=gettext_lazy("从哪里来"),
        choices=[(channel.value, channel.label) for channel in BY_HAND],
        initial=Channel.WINDOW,
        required=False,
    )
    consented = forms.BooleanField(label=gettext_lazy("已经当面告知个人信息怎么用，来访人同意登记"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        cast(forms.ModelChoiceField, self.fields["category"]).queryset = Category.objects.in_force()

    @property
    def is_new(self) -> bool:
        """Nothing was sent yet: the first field waits for the clerk."""
        return not self.is_bound

    def clean(self) -> dict[str, Any]:
        super().clean()
        self._clean_group()
        self.settle_place()
        if FILED_BY_OTHER in self.cleaned_data.get("needs", ()) and not self.cleaned_data.get("agent"):
            self.add_error("agent", _("勾了代办，请写上代办人是谁。"))
        if self.cleaned_data.get("id_number") and not self.cleaned_data.get("consented"):
            self.add_error("consented", _("身份证号是敏感信息，要告知并征得同意才能登记；不同意就不填。"))
        return self.cleaned_data

    def draft(self, window: Window | None = None) -> ReceptionDraft:
        """The draft of a valid form, received at this window."""
        said = self.cleaned_data
        return ReceptionDraft(
            parties=[self._applicant(said), *self._opponents(said)],
            facts=said["facts"], demand=said["demand"], category=said["category"],
            difficulty=Difficulty(said["difficulty"] or Difficulty.GENERAL), place=said.get("region"), address=said["address"],
            amount_fen=said["amount"], is_restricted=said["is_restricted"], channel=Channel(said["channel"] or Channel.WINDOW),
            persons=said["persons"], representatives=said["representatives"],
            window=window, consent=ConsentDraft(sensitive=bool(said["id_number"])) if said["consented"] else None,
        )  # fmt: skip

    def _applicant(self, said: Mapping[str, Any]) -> PartyDraft:
        return PartyDraft(
            role=PartyRole.APPLICANT, name=said["name"], kind=kind_of(said["name"]), phone=said["phone"],
            id_number=said["id_number"], needs=said["needs"], agent=said["agent"],
        )  # fmt: skip

    def _opponents(self, said: Mapping[str, Any]) -> list[PartyDraft]:
        name = said["opponent"]
        kind = kind_of(name, said["opponent_kind"])
        return [PartyDraft(role=PartyRole.RESPONDENT, name=name, kind=kind)] if name else []

    def _clean_group(self) -> None:
        persons, names = self.cleaned_data.get("persons"), self.cleaned_data.get("representatives")
        if persons is None or names is None:
            return
        try:
            check_group(persons, names)
        except Refused as no:
            self.add_error("representatives", str(no))
