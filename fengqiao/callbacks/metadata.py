"""The metadata of an archived file (档案法实施条例 39): who made it, in which activity, when, about whom, holding what.

The file is the record itself, so nothing here is masked; access to it is what is controlled.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree as Xml

from django.utils import timezone

from fengqiao.disputes.models import Dispute, Obligation, Party

from .filing import Filed
from .retention import years_in_words
from .sheets import File

FORMAT = "fengqiao-file-metadata/1"
NAMESPACE = "urn:fengqiao:file-metadata:1"
UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot carry


def metadata(file: File, filed: Sequence[Filed], *, pages: int) -> dict[str, Any]:
    """Everything as plain values: texts, numbers, lists."""
    dispute = file.dispute
    return {
        "format": FORMAT,
        "file": {
            "number": file.number, "volume": file.volume, "pages": pages, "papers": len(filed),
            "retention_years": file.years, "retention": years_in_words(file.years),
            "filed_by": file.filed_by, "filed_at": _at(file.at),
        },
        "creator": {
            "body": dispute.body.name, "body_key": dispute.body.key, "region": dispute.body.region.name,
            "region_code": dispute.region_code, "first_body": dispute.first_body.name,
            "mediator": str(dispute.mediator) if dispute.mediator else "",
        },
        "activity": "人民调解",
        "times": {
            "claimed": _at(dispute.claimed_at), "registered": _at(dispute.registered_at),
            "accepted": _at(dispute.accepted_at), "closed": _at(dispute.closed_at), "archived": _at(file.at),
        },
        "dispute": _dispute(dispute),
        "outcome": {"code": file.outcome.value, "name": str(file.outcome.label)} if file.outcome else None,
        "agreement": {"number": file.agreement.number, "since": file.agreement.since.isoformat()}
        if file.agreement
        else None,
        "parties": [_party(party) for party in dispute.cast],
        "obligations": [_obligation(one) for one in dispute.obligations.select_related("debtor", "creditor")],
        "callbacks": [
            {"party": one.party.name, "how": one.how, "rating": one.rating, "words": one.words, "at": _at(one.at)}
            for one in dispute.callbacks.select_related("party")
        ],
        "contests": [
            {
                "party": one.party.name, "words": one.words, "at": _at(one.at), "answer_kind": one.answer_kind,
                "answer": one.answer, "answered_at": _at(one.answered_at),
            }
            for one in dispute.contests.select_related("party")
        ],
        "papers": [_paper(one) for one in filed],
    }  # fmt: skip


def as_xml(values: Mapping[str, Any]) -> bytes:
    """The same values as XML: a member is an element of its name, a list is elements called item."""
    root = Xml.Element("archive", {"xmlns": NAMESPACE})
    _fill(root, values)
    Xml.indent(root)
    return Xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _fill(element: Xml.Element, value: Any) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _fill(Xml.SubElement(element, name), inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _fill(Xml.SubElement(element, "item"), inner)
    elif value is not None:
        element.text = UNPRINTABLE.sub("", str(value))


def _dispute(dispute: Dispute) -> dict[str, Any]:
    return {
        "number": dispute.number, "official_number": dispute.official_number, "title": dispute.title,
        "facts": dispute.facts, "demand": dispute.demand, "amount_fen": dispute.amount_fen,
        "category": dispute.category.code if dispute.category else "",
        "category_name": dispute.category.name if dispute.category else "",
        "difficulty": dispute.difficulty, "risk": dispute.risk, "channel": dispute.channel,
        "place": dispute.place.code if dispute.place else "", "address": dispute.address,
    }  # fmt: skip


def _party(party: Party) -> dict[str, Any]:
    return {
        "role": party.role, "kind": party.kind, "name": party.name, "sex": party.sex,
        "born_on": party.born_on.isoformat() if party.born_on else "", "ethnicity": party.ethnicity,
        "occupation": party.occupation, "id_number": party.id_number, "phone": party.phone, "home": party.home,
        "head_count": party.head_count, "representative": party.representative, "agent": party.agent,
    }  # fmt: skip


def _obligation(one: Obligation) -> dict[str, Any]:
    return {
        "n": one.n, "debtor": one.debtor.name, "creditor": one.creditor.name if one.creditor else "", "what": one.what,
        "amount_fen": one.amount_fen, "due_on": one.due_on.isoformat(), "state": one.state,
        "met_on": one.met_on.isoformat() if one.met_on else "",
    }  # fmt: skip


def _paper(one: Filed) -> dict[str, Any]:
    paper = one.paper
    return {
        "n": one.n, "title": one.title, "path": one.member.path, "first_page": one.first, "last_page": one.last,
        "bytes": one.member.size, "sha256": one.member.sha256, "kind": paper.kind if paper else "",
        "number": paper.number if paper else "", "origin": paper.origin if paper else "typeset",
        "media_type": paper.media_type if paper else "application/pdf",
        "added_by": paper.added_by if paper else "", "added_at": _at(paper.added_at if paper else None),
    }  # fmt: skip


def _at(at: datetime | date | None) -> str:
    if at is None:
        return ""
    return (
        timezone.localtime(at, timezone.get_default_timezone()).isoformat()
        if isinstance(at, datetime)
        else at.isoformat()
    )
