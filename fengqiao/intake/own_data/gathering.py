"""All that is kept of one party of one dispute, in parts that a page, a paper and a machine can read alike.

Only what is theirs: nothing that identifies the other side, and no paper in which both speak. Source: 个人信息保护法 17, 30, 44,
45; what a party may be told of staff is office and post.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Dispute, Party, PartyRole
from fengqiao.intake.models import ConsentNotice
from fengqiao.kernel.money import yuan
from fengqiao.ledger.models import Entry
from fengqiao.papers.models import Paper, PaperKind

from .looks import READ, looks_at
from .sharing import shared_with

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Line:
    """A row as a phone shows it: the day aside, what it is, the words, and under them the rest."""

    at: datetime | None
    lead: str
    words: str
    more: list[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """A table. `columns` are the names for machines with those for people; a moment stays a datetime."""

    key: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: list[Row]
    note: str = ""

    @property
    def laid_out(self) -> Iterator[Line]:
        for row in self.rows:
            told = [(*column, cell) for column, cell in zip(self.columns, row, strict=True)]
            at = next((cell for key, _label, cell in told if key == "at"), None)
            lead, words, *more = [(label, cell) for key, label, cell in told if key not in ("at", "sha256")]
            yield Line(at, lead[1], words[1], [(label, cell) for label, cell in more if cell])


@dataclass(frozen=True)
class OwnData:
    """What is kept of this party, as of now. `in_clear`: with numbers and home as they are."""

    dispute: Dispute
    party: Party
    made_at: datetime
    in_clear: bool
    parts: list[Part]
    notices: list[ConsentNotice] = field(default_factory=list)  # what was consented to, word for word
    files: list[Paper] = field(default_factory=list)  # what they sent themselves


def gather(dispute: Dispute, party: Party, *, in_clear: bool) -> OwnData:
    """Everything of this party; numbers and home masked unless `in_clear`. Reads only."""
    files = list(dispute.papers.filter(party=party).exclude(kind=PaperKind.IDENTITY))
    consents = list(party.consents.select_related("notice"))
    parts = [
        _particulars(party, in_clear=in_clear), _said(dispute, party), _sent(dispute, party), _consents(dispute, party),
        _looks(dispute, party), _shared(dispute), _corrections(party),
    ]  # fmt: skip
    notices = list({one.notice_id: one.notice for one in consents}.values())
    return OwnData(dispute, party, timezone.now(), in_clear, parts, notices, files)


def _particulars(party: Party, *, in_clear: bool) -> Part:
    covered = ("name", "phone", "id_number", "home")
    seen = {name: getattr(party, name if in_clear else f"masked_{name}") for name in covered}
    rows = [
        (_("身份"), party.get_role_display()), (_("姓名"), seen["name"]), (_("电话"), seen["phone"]),
        (_("身份证号"), seen["id_number"]), (_("住址"), seen["home"]), (_("性别"), party.sex),
        (_("出生日期"), party.born_on or ""), (_("民族"), party.ethnicity), (_("职业"), party.occupation),
        (_("代表"), party.representative), (_("代办人"), party.agent), (_("愿不愿意调解"), party.get_willing_display()),
    ]  # fmt: skip
    columns = (("item", _("项目")), ("value", _("内容")))
    return Part("particulars", _("您的基本信息"), columns, [row for row in rows if row[1] != ""])


def _said(dispute: Dispute, party: Party) -> Part:
    """What they told themselves: the matter is the applicant's words, not the other side's."""
    rows: list[Row] = []
    if party.role == PartyRole.APPLICANT:
        amount = yuan(dispute.amount_fen) if dispute.amount_fen else ""
        told = ((_("事情经过"), dispute.facts), (_("想要的结果"), dispute.demand), (_("涉及金额（元）"), amount))
        rows = [(dispute.registered_at, label, words) for label, words in told if words]
    rows += [(one.at, _("对结果的意见"), one.words) for one in dispute.contests.filter(party=party)]
    ratings = dispute.callbacks.filter(party=party)
    rows += [(one.at, _("回访"), " ".join(filter(None, [str(one.get_rating_display()), one.words]))) for one in ratings]
    columns = (("at", _("时间")), ("what", _("是什么")), ("words", _("内容")))
    return Part("said", _("您说过的"), columns, rows)


def _sent(dispute: Dispute, party: Party) -> Part:
    own = dispute.papers.filter(party=party)
    rows = [(one.added_at, one.title, one.get_kind_display(), one.sha256) for one in own]
    columns = (("at", _("时间")), ("title", _("名称")), ("kind", _("种类")), ("sha256", _("校验值")))
    note = _("双方都签的协议、调解记录里也有对方的信息，不在这里面，可以在“可以看的材料”里打开。")
    return Part("files", _("关于您的材料"), columns, rows, note)


def _consents(dispute: Dispute, party: Party) -> Part:
    rows: list[Row] = [
        (one.at, _("个人信息处理告知"), one.notice.version, one.get_how_display(), _yes_or_no(one.sensitive))
        for one in party.consents.select_related("notice")
    ]
    told = dispute.papers.filter(kind=PaperKind.RIGHTS_NOTICE)
    rows += [(one.added_at, _("调解的权利义务告知"), one.number, "", "") for one in told]
    columns = (
        ("at", _("时间")), ("what", _("告知了什么")), ("version", _("版本、文号")), ("how", _("怎么同意的")),
        ("sensitive", _("单独同意敏感信息")),
    )  # fmt: skip
    return Part("consents", _("告知和您的同意"), columns, rows)


def _looks(dispute: Dispute, party: Party) -> Part:
    rows = [(one.at, one.who, one.what, one.reason) for one in looks_at(dispute, party, most=READ)]
    columns = (("at", _("时间")), ("who", _("谁")), ("what", _("看了什么")), ("reason", _("为什么")))
    return Part("looks", _("谁看过"), columns, rows)


def _shared(dispute: Dispute) -> Part:
    entries = Entry.objects.of("dispute", dispute.pk)
    columns = (("at", _("时间")), ("who", _("单位")), ("why", _("为什么")))
    note = _("调解要约对方谈，对方知道您是谁、为的什么事；您的电话和身份证号不给对方。")
    return Part("shared", _("给过哪些单位"), columns, list(shared_with(entries)), note)


def _corrections(party: Party) -> Part:
    rows = [
        (one.at, one.get_what_display(), one.words, one.get_outcome_display() or _("正在看，会答复您"), one.answer)
        for one in party.corrections.all()
    ]
    columns = (
        ("at", _("时间")), ("what", _("哪一项")), ("words", _("您说的")), ("outcome", _("结果")), ("answer", _("答复")),
    )  # fmt: skip
    return Part("corrections", _("您提过的更正"), columns, rows)


def _yes_or_no(value: bool) -> str:
    return _("是") if value else _("否")


def told(data: OwnData) -> Iterator[Part]:
    """The parts that have something to tell."""
    return (part for part in data.parts if part.rows)
