"""What a resident typed in the three steps, as plain values, and how it becomes a draft."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.disputes.commands import PartyDraft
from fengqiao.disputes.models import Category, Channel, PartyRole
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.money import parse_yuan
from fengqiao.places.models import Region

from .drafts import ConsentDraft, ReceptionDraft, kind_of

# Every answer that may be given; all are text as typed but the last three.
TEXTS = (
    "facts",  # what happened, in the person's own words
    "demand",
    "category",  # code
    "amount",  # yuan as typed
    "place",  # region code
    "address",
    "name",
    "kind",  # of the applicant: person, organisation, or empty for a guess from the name
    "phone",
    "id_number",
    "home",
    "agent",  # who files for the person
    "opponent",
    "opponent_kind",
    "opponent_phone",
    "opponent_home",
)
LISTS = ("needs",)
FLAGS = ("is_restricted", "sensitive")
KNOWN = frozenset({*TEXTS, *LISTS, *FLAGS})


def draft_from(answers: Mapping[str, Any]) -> ReceptionDraft:
    """The draft that these answers make, for the channel 网上反映. Refused for an answer that cannot be understood."""
    said = {name: str(answers.get(name) or "").strip() for name in TEXTS}
    return ReceptionDraft(
        channel=Channel.ONLINE,
        parties=[_applicant(said, answers), *_opponents(said)],
        facts=said["facts"],
        demand=said["demand"],
        category=_category(said["category"]),
        amount_fen=parse_yuan(said["amount"]) if said["amount"] else None,
        place=_place(said["place"]),
        address=said["address"],
        is_restricted=bool(answers.get("is_restricted")),
        consent=ConsentDraft(sensitive=bool(answers.get("sensitive"))),
    )


def _applicant(said: Mapping[str, str], answers: Mapping[str, Any]) -> PartyDraft:
    if said["id_number"] and not answers.get("sensitive"):
        raise Refused(_("身份证号是敏感信息，要您单独勾选同意才能登记；也可以不填。"))
    return PartyDraft(
        role=PartyRole.APPLICANT, name=said["name"], kind=kind_of(said["name"], said["kind"]), phone=said["phone"],
        id_number=said["id_number"], home=said["home"], agent=said["agent"], needs=list(answers.get("needs") or ()),
    )  # fmt: skip


def _opponents(said: Mapping[str, str]) -> list[PartyDraft]:
    name = said["opponent"]
    if not name:
        return []
    kind = kind_of(name, said["opponent_kind"])
    phone, home = said["opponent_phone"], said["opponent_home"]
    return [PartyDraft(role=PartyRole.RESPONDENT, name=name, kind=kind, phone=phone, home=home)]


def _category(code: str) -> Category | None:
    found = Category.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise Refused(_("没有“%(code)s”这个类型，请重新选。") % {"code": code[:10]})
    return found


def _place(code: str) -> Region | None:
    found = Region.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise Refused(_("没有找到您选的地方，请重新选。"))
    return found
