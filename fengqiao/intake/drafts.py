"""What is known when a dispute comes in, put into one form and checked: the same for the window, the web and files."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body, Window
from fengqiao.disputes.commands import PartyDraft
from fengqiao.disputes.models import Category, Channel, Difficulty, PartyKind, PartyRole
from fengqiao.kernel import masking
from fengqiao.kernel.codes import Sex, check_id_number, check_phone
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.places.models import Region

GROUP_FROM, MOST_REPRESENTATIVES = 5, 5  # 信访工作条例 20；宁波市人民调解条例 20
MOST_PERSONS = 2000
LONGEST_FACTS = 20000
LONGEST = {"name": 80, "title": 120, "address": 200, "home": 200, "representative": 80, "agent": 80, "demand": 2000}
LABELS = {
    "name": gettext_lazy("姓名"), "title": gettext_lazy("标题"), "address": gettext_lazy("地址"),
    "home": gettext_lazy("住址"), "representative": gettext_lazy("代表"), "agent": gettext_lazy("代办人"),
    "demand": gettext_lazy("想要什么"),
}  # fmt: skip

TITLE_LENGTH, SHORTEST_TITLE = 30, 8
SENTENCE_END = re.compile(r"[。！？!?；;\n]")
GREETING = re.compile(
    r"^(尊敬的)?[^，,。：:\s]{0,12}(领导|市长|书记|县长|区长|同志|主任)[^，,。：:]{0,4}[，,。：:！!]\s*|^[您你]们?好[，,。：:！!]*\s*"
)
PAUSE = re.compile(r"[，,、：: ]")

# Endings that kernel.masking leaves out because people's names may carry them; here a person looks at the guess.
MORE_ORGANISATIONS = re.compile(
    r"(物业|物管|公司.+部|项目部|工程队|车行|药房|饭馆|旅馆|宾馆|浴室|理发店|网吧|养老院|福利院|敬老院|停车场|菜场|农场|林场"
    r"|合作联社|储蓄所|邮局|车站|养殖场|加工坊|卫生所|卫生室|门诊部|驾校|培训班)(（.*）|\(.*\))?$"
)


@dataclass(frozen=True, kw_only=True)
class ConsentDraft:
    """That the first applicant accepted the privacy notice; `sensitive` is the separate consent of PIPL 29."""

    sensitive: bool = False


@dataclass(frozen=True, kw_only=True)
class ReceptionDraft:
    """Everything that intake may know. Text comes as typed; `checked` normalises it and refuses what is wrong."""

    parties: Sequence[PartyDraft]
    facts: str
    title: str = ""
    demand: str = ""
    category: Category | None = None
    difficulty: Difficulty = Difficulty.GENERAL
    place: Region | None = None
    address: str = ""
    amount_fen: int | None = None
    is_restricted: bool = False
    channel: Channel = Channel.WINDOW
    persons: int = 1
    representatives: Sequence[str] = ()
    body: Body | None = None  # empty: the body of whoever registers; online, the place decides
    window: Window | None = None
    arrived_at: datetime | None = None
    claimed_at: datetime | None = None
    consent: ConsentDraft | None = None
    external_ref: str | None = None
    is_repeat: bool = False  # 重复访: the clerk says that they came about this before


def checked(draft: ReceptionDraft) -> ReceptionDraft:
    """The draft in one form, with a title and with what an identity number tells. Refused with a sentence."""
    facts = normalise(draft.facts)
    if not facts:
        raise Refused(_("请写清是什么事，一两句话就行。"))
    if len(facts) > LONGEST_FACTS:
        raise Refused(_("事情写得太长了，最多 %(n)d 个字，其余的请作为材料附上。") % {"n": LONGEST_FACTS})
    names = _representatives(draft)
    return replace(
        draft,
        facts=facts,
        title=_fitting("title", draft.title) or _title_of(facts),
        demand=_fitting("demand", draft.demand),
        address=_fitting("address", draft.address),
        parties=_as_group([_party(party) for party in draft.parties], draft.persons, names),
        representatives=names,
    )


def title_of(facts: str) -> str:
    """The first sentence that says something, cut where one would pause; at most thirty characters."""
    return _title_of(normalise(facts))


def _title_of(text: str) -> str:
    while text and (greeting := GREETING.match(text)) and greeting.end() < len(text):
        text = text[greeting.end() :].lstrip()
    sentences = [part.strip(" ，,、：:“”\"'") for part in SENTENCE_END.split(text)]
    long_enough = next((part for part in sentences if len(part) >= SHORTEST_TITLE), None)
    title = long_enough or next((part for part in sentences if part), text[:TITLE_LENGTH])
    if len(title) <= TITLE_LENGTH:
        return title
    pauses = [found.start() for found in PAUSE.finditer(title[: TITLE_LENGTH + 1]) if found.start() >= SHORTEST_TITLE]
    return title[: pauses[-1]] if pauses else title[: TITLE_LENGTH - 1] + "…"


def looks_like_organisation(name: str) -> bool:
    """A guess from the ending of the name; whoever fills in the form has the last word."""
    name = normalise(name)
    return masking.is_organisation(name) or bool(MORE_ORGANISATIONS.search(name))


def kind_of(name: str, stated: str = "") -> PartyKind:
    """What the person said it is, else the guess."""
    if stated in PartyKind.values:
        return PartyKind(stated)
    return PartyKind.ORGANISATION if looks_like_organisation(name) else PartyKind.PERSON


def needs_representatives(persons: int) -> bool:
    return persons >= GROUP_FROM


def check_group(persons: int, representatives: Sequence[str]) -> None:
    """Refused unless one to five different people speak for a group of five and more (信访工作条例 20)."""
    if not 1 <= persons <= MOST_PERSONS:
        raise Refused(_("来的人数应在 1 到 %(n)d 之间。") % {"n": MOST_PERSONS})
    if len(set(representatives)) < len(representatives):
        raise Refused(_("代表里有重名的，请写成能分清的名字。"))
    if len(representatives) > MOST_REPRESENTATIVES:
        raise Refused(_("代表最多 5 名，请他们再推选一下。"))
    if len(representatives) > persons:
        raise Refused(_("代表比来的人还多，请核对人数。"))
    if needs_representatives(persons) and not representatives:
        raise Refused(_("来了 %(n)d 人，请先推选代表（最多 5 名），写上代表的姓名。") % {"n": persons})


def _representatives(draft: ReceptionDraft) -> list[str]:
    names = [name for name in (normalise(raw) for raw in draft.representatives) if name]
    check_group(draft.persons, names)
    return names


def _as_group(parties: list[PartyDraft], persons: int, names: list[str]) -> list[PartyDraft]:
    """The first applicant of a group stands for all of it and names who speaks for it."""
    if not needs_representatives(persons):
        return parties
    first = next((i for i, party in enumerate(parties) if party.role == PartyRole.APPLICANT), None)
    if first is None or parties[first].kind == PartyKind.ORGANISATION:
        return parties
    spoken = _fitting("representative", "、".join(names))
    group = replace(parties[first], kind=PartyKind.GROUP, head_count=persons, representative=spoken)
    return [*parties[:first], group, *parties[first + 1 :]]


def _party(party: PartyDraft) -> PartyDraft:
    name = _fitting("name", party.name)
    if not name:
        raise Refused(_("请写上%(role)s的姓名或者单位名称。") % {"role": party.role.label})
    known: dict[str, Any] = {
        "name": name,
        "home": _fitting("home", party.home),
        "agent": _fitting("agent", party.agent),
        "representative": _fitting("representative", party.representative),
        "phone": check_phone(party.phone) if party.phone.strip() else "",
    }
    if not party.id_number.strip():
        return replace(party, **known)
    found = check_id_number(party.id_number)
    sex = party.sex or ("男" if found.sex == Sex.MALE else "女")  # as papers print it, in any language of the screen
    return replace(party, **known, id_number=found.normalized, sex=sex, born_on=party.born_on or found.born)


def _fitting(what: str, text: str) -> str:
    text = normalise(text)
    if len(text) > LONGEST[what]:
        label, n = LABELS[what], LONGEST[what]
        raise Refused(_("%(label)s太长了，最多 %(n)d 个字。") % {"label": label, "n": n})
    return text
