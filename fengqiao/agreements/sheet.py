"""The agreement as a page: one reading of its rows, for the typesetter in full, for the screen with addresses and accounts masked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.models import PartyKind
from fengqiao.kernel import masking
from fengqiao.kernel.money import yuan
from fengqiao.papers.numerals import clause_number

from .content import accounts_of, cast_of, in_chinese, numbered, read
from .models import MEDIATOR, Agreement, How, Signature, Slot, Status
from .stamp import Stamp, stamp

LOCAL = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Line:
    """One signature's place on the sheet."""

    letter: str
    hint: str
    name: str
    day: str
    picture: str = ""  # a data: address
    note: str = ""


def absolute(path: str) -> str:
    """The address as it stands on paper and in messages."""
    return (settings.PUBLIC_URL or LOCAL) + path


@in_chinese
def on_screen(agreement: Agreement) -> dict[str, Any]:
    """What the template of the sheet draws. Addresses are masked, numbers of identity left out."""
    content, cast = read(agreement), _cast(agreement)
    return {
        "agreement": agreement,
        "number": agreement.number or "",
        "people": [(line["role"], _described(line), line["agent"]) for line in cast["parties"]],
        "clauses": numbered(clause.text for clause in content.clauses),
        "terms": [_duty(row, cast, masked=True) for row in _rows(agreement)],
        "copies": clause_number(agreement.copies),
        "lines": [_line(slot, cast) for slot in _slots(agreement)],
        "day": chinese(timezone.localdate(agreement.effective_at)) if agreement.effective_at else "",
        "stamp": _stamp(agreement),
        "demo": getattr(settings, "DEMO", False),
        "pages": agreement.paper.pages if agreement.paper else 0,
    }


@in_chinese
def for_press(agreement: Agreement) -> dict[str, Any]:
    """The data of the form `agreement` (papers/forms/agreement.typ)."""
    cast, is_final = _cast(agreement), agreement.status == Status.IN_FORCE
    return _frame(agreement) | {
        "parties": cast["parties"],
        "place": agreement.place,
        "facts": agreement.facts,
        "issues": agreement.issues,
        "responsibility": agreement.responsibility,
        "clauses": [clause["text"] for clause in agreement.clauses],
        "manner": "\n".join(filter(None, (agreement.manner, _performed(agreement)))),
        "obligations": [_printed_duty(row, cast) for row in _rows(agreement)],
        "copies": clause_number(agreement.copies),
        "signers": [_signer(slot, cast) for slot in _slots(agreement)],
        "version": "" if is_final else _("第 %(n)d 稿，待签") % {"n": agreement.draft},
    }


@in_chinese
def for_oral_register(agreement: Agreement) -> dict[str, Any]:
    """The data of the form `oral_agreement` (人民调解法 28)."""
    dispute, cast = agreement.dispute, _cast(agreement)
    day = chinese(timezone.localdate(agreement.effective_at))
    duties = [_duty(row, cast, masked=False) for row in _rows(agreement)]
    manner = [agreement.manner, *(_sentence(duty) for duty in duties)]
    return _frame(agreement) | {
        "parties": cast["parties"],
        "kind": dispute.category.name if dispute.category else "",
        "agreed_at": day,
        "facts": "\n".join(filter(None, (agreement.facts, agreement.issues, agreement.responsibility))),
        "clauses": [clause["text"] for clause in agreement.clauses],
        "manner": "\n".join(filter(None, manner)),
        "performed": agreement.performed,
        "signers": [{"role": MEDIATOR, "name": cast["mediator"]["name"], "printed": cast["mediator"]["name"], "date": day}],
    }  # fmt: skip


def chinese(day: date) -> str:
    """2026年11月20日, as papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def _performed(agreement: Agreement) -> str:
    return _("已当场履行：%(what)s") % {"what": agreement.performed} if agreement.performed else ""


def _frame(agreement: Agreement) -> dict[str, Any]:
    demo, code = getattr(settings, "DEMO", False), agreement.check_code or ""
    frame: dict[str, Any] = {
        "number": agreement.number or "",
        "committee": agreement.committee.name,
        "date": chinese(timezone.localdate(agreement.effective_at)) if agreement.effective_at else "",
        "check_code": code,
        "verify_url": absolute(reverse("verify_paper", args=[code])) if code else "",
        "demo": demo,
    }
    if _is_sealed(agreement):
        frame["seal"] = {"name": agreement.committee.name, "sample": demo}
    return frame


def _is_sealed(agreement: Agreement) -> bool:
    """Sealed by us, once it is in force; what was signed on paper is sealed on that paper."""
    return agreement.is_binding and agreement.scan_id is None


def _cast(agreement: Agreement) -> dict[str, Any]:
    return agreement.cast if agreement.people else cast_of(agreement.dispute)


def _slots(agreement: Agreement) -> list[Slot]:
    if agreement.people:
        return agreement.slots
    cast = cast_of(agreement.dispute)
    parties = {party.pk: party for party in agreement.dispute.cast}
    slots = [Slot(parties[line["party"]], "", line["letter"], None) for line in cast["parties"]]
    mediator = agreement.dispute.mediator
    return [*slots, Slot(mediator, "", MEDIATOR, None)] if mediator else slots


def _rows(agreement: Agreement) -> list[dict[str, Any]]:
    pairs = zip(agreement.terms, accounts_of(agreement), strict=True)
    return [{**row, "account": account} for row, account in pairs]


def _duty(row: dict[str, Any], cast: dict[str, Any], *, masked: bool) -> dict[str, str]:
    names = {line["party"]: line["name"] for line in cast["parties"]}
    account = masking.card(row["account"]) if masked else row["account"]
    return {
        "who": names.get(row["debtor"], ""),
        "to": names.get(row["creditor"], ""),
        "what": row["what"],
        "amount": yuan(row["amount_fen"]) if row["amount_fen"] is not None else "",
        "due": chinese(date.fromisoformat(row["due_on"])) if row["due_on"] else "",
        "how": row["method"],
        "account": _("收款账号：%(account)s") % {"account": account} if account else "",
    }


def _printed_duty(row: dict[str, Any], cast: dict[str, Any]) -> dict[str, str]:
    """With the account under what is to be done, where there is room for it."""
    duty = _duty(row, cast, masked=False)
    return {**duty, "what": "\n".join(filter(None, (duty["what"], duty["account"])))}


def _sentence(duty: dict[str, str]) -> str:
    """周建国于2026年12月1日前向沈玉兰：赔偿款第一期，4,600.00元，银行转账。"""
    to = _("向%(whom)s") % {"whom": duty["to"]} if duty["to"] else ""
    amount = _("%(yuan)s元") % {"yuan": duty["amount"]} if duty["amount"] else ""
    what = "，".join(part for part in (duty["what"], amount, duty["how"], duty["account"]) if part)
    return _("%(who)s于%(due)s前%(to)s：%(what)s。") % {"who": duty["who"], "due": duty["due"], "to": to, "what": what}


def _described(line: dict[str, Any]) -> str:
    """沈玉兰，女，67岁，汉族，退休，住塔下街***: what a screen may show of a person."""
    address = masking.address(line["address"]) if line["address"] else ""
    if line["kind"] == PartyKind.ORGANISATION:
        parts = [line["name"], address and _("住所地%(where)s") % {"where": address}]
        parts.append(line["representative"] and _("负责人%(who)s") % {"who": line["representative"]})
    else:
        age = line["age"] and _("%(n)s岁") % {"n": line["age"]}
        parts = [line["name"], line["sex"], age, line["ethnicity"], line["occupation"]]
        parts.append(address and _("住%(where)s") % {"where": address})
    return "，".join(part for part in parts if part)


def _line(slot: Slot, cast: dict[str, Any]) -> Line:
    signature = slot.signature
    if signature is None:
        return Line(slot.letter, _hint(slot), "", "")
    picture = f"data:image/png;base64,{signature.image}" if signature.image else ""
    return Line(slot.letter, _hint(slot), _name(slot, cast), chinese(signature.signed_on), picture, _note(signature))


def _signer(slot: Slot, cast: dict[str, Any]) -> dict[str, Any]:
    name = _name(slot, cast)
    signer: dict[str, Any] = {"role": slot.letter, "name": name, "printed": name, "hint": _hint(slot)}
    if signature := slot.signature:
        signer["date"] = chinese(signature.signed_on)
        signer["note"] = _note(signature)
        if signature.image:
            signer["image"] = signature.picture
    return signer


def _name(slot: Slot, cast: dict[str, Any]) -> str:
    if slot.party is None:
        return cast["mediator"]["name"] if cast["mediator"] else str(slot.signer)
    return next(line["name"] for line in cast["parties"] if line["party"] == slot.party.pk)


def _hint(slot: Slot) -> str:
    if slot.party is None or slot.party.kind == PartyKind.PERSON:
        return _("签名")
    return _("代表人签名、盖章") if slot.party.kind == PartyKind.ORGANISATION else _("代表人签名")


def _note(signature: Signature) -> str:
    return _("纸上签名，见扫描件") if signature.how == How.PAPER else ""


def _stamp(agreement: Agreement) -> Stamp | None:
    if not _is_sealed(agreement):
        return None
    return stamp(agreement.committee.name, sample=getattr(settings, "DEMO", False))
