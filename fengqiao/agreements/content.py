"""What an agreement says: clauses, dated duties, facts. Written into a draft, read back from it, and frozen into one digest."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import override

from fengqiao.disputes.models import Dispute, Party, PartyKind
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.ledger.hashing import canonical
from fengqiao.papers.numerals import clause_number

from .models import Agreement, Template

P = ParamSpec("P")
R = TypeVar("R")
LONGEST_DUTY, LONGEST_METHOD = 300, 60
PERSONAL_STATUS = "01"  # 婚姻家庭, where 电子签名法 3 may bar electronic signatures


def in_chinese(function: Callable[P, R]) -> Callable[P, R]:
    """What stands on a paper does not follow the language of somebody's screen."""

    @wraps(function)
    def said(*args: P.args, **kwargs: P.kwargs) -> R:
        with override("zh-hans"):
            return function(*args, **kwargs)

    return said


@dataclass(frozen=True)
class Clause:
    """One numbered clause, and the same in words that anybody understands."""

    text: str
    plain: str = ""


@dataclass(frozen=True, kw_only=True)
class Term:
    """One dated duty. A draft may leave blanks; what is circulated may not (see review.faults)."""

    what: str
    debtor: Party | None = None
    creditor: Party | None = None
    amount_fen: int | None = None
    due_on: date | None = None
    method: str = ""
    account: str = ""  # where to pay to


@dataclass(frozen=True, kw_only=True)
class AgreementContent:
    """Everything that people write into an agreement. `paper_only` None: as template and category have it."""

    clauses: Sequence[Clause]
    terms: Sequence[Term] = ()
    facts: str = ""
    issues: str = ""
    responsibility: str = ""
    manner: str = ""
    place: str = ""
    performed: str = ""
    copies: int | None = None
    template: Template | None = None
    paper_only: bool | None = None


def write(content: AgreementContent, agreement: Agreement) -> None:
    """Put the content into the agreement's fields; the caller saves. Refused when a duty names somebody else's party."""
    dispute = agreement.dispute
    for field in ("facts", "issues", "responsibility", "manner", "place", "performed"):
        setattr(agreement, field, normalise(getattr(content, field)))
    clauses = [{"text": normalise(one.text), "plain": normalise(one.plain)} for one in content.clauses]
    agreement.clauses = [one for one in clauses if one["text"]]
    agreement.terms = [_stored(n, term, dispute) for n, term in enumerate(content.terms, 1)]
    accounts = [normalise(term.account) for term in content.terms]
    agreement.accounts = json.dumps(accounts, ensure_ascii=False) if any(accounts) else ""
    agreement.template = content.template
    agreement.copies = content.copies or len(dispute.applicants) + len(dispute.respondents) + 1
    agreement.paper_only = must_be_on_paper(dispute, content)


def read(agreement: Agreement) -> AgreementContent:
    """The content again."""
    parties = {party.pk: party for party in agreement.dispute.parties.all()}
    accounts = accounts_of(agreement)
    terms = [
        Term(
            what=row["what"], debtor=parties.get(row["debtor"]), creditor=parties.get(row["creditor"]),
            amount_fen=row["amount_fen"], due_on=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
            method=row["method"], account=account,
        )
        for row, account in zip(agreement.terms, accounts, strict=True)
    ]  # fmt: skip
    return AgreementContent(
        clauses=[Clause(**row) for row in agreement.clauses], terms=terms, facts=agreement.facts,
        issues=agreement.issues, responsibility=agreement.responsibility, manner=agreement.manner,
        place=agreement.place, performed=agreement.performed, copies=agreement.copies,
        template=agreement.template, paper_only=agreement.paper_only,
    )  # fmt: skip


def accounts_of(agreement: Agreement) -> list[str]:
    """One account a term, empty where none is written."""
    return json.loads(agreement.accounts) if agreement.accounts else [""] * len(agreement.terms)


def must_be_on_paper(dispute: Dispute, content: AgreementContent) -> bool:
    """Whether electronic signing is barred. Source: 电子签名法 3. The template's word stands in its category."""
    is_status = dispute.category is not None and dispute.category.code == PERSONAL_STATUS
    if content.template and content.template.paper_only and is_status:
        return True
    if content.paper_only is not None:
        return content.paper_only
    return content.template.paper_only if content.template else is_status


@in_chinese
def letters(dispute: Dispute) -> dict[int, str]:
    """How the paper calls each party: 甲方 and 乙方, numbered where a side has several (甲方一、甲方二)."""
    named = {}
    for side, parties in ((_("甲方"), dispute.applicants), (_("乙方"), dispute.respondents)):
        for n, party in enumerate(parties, 1):
            named[party.pk] = side if len(parties) == 1 else f"{side}{clause_number(n)}"
    return named


@in_chinese
def cast_of(dispute: Dispute) -> dict[str, Any]:
    """Parties and mediator as they stand on the paper, in full: to be frozen, encrypted, with the words."""
    called = letters(dispute)
    return {
        "parties": [_printed(party, called[party.pk]) for party in (*dispute.applicants, *dispute.respondents)],
        "mediator": {"user": dispute.mediator_id, "name": str(dispute.mediator)} if dispute.mediator_id else None,
    }


def digest_of(agreement: Agreement) -> str:
    """SHA-256 over all that is promised, by whom, before which committee: what every signature is over."""
    words: Mapping[str, Any] = {
        "dispute": agreement.dispute.number, "draft": agreement.draft, "committee": agreement.committee.name,
        "people": agreement.cast, "facts": agreement.facts, "issues": agreement.issues,
        "responsibility": agreement.responsibility, "clauses": agreement.clauses, "terms": agreement.terms,
        "accounts": accounts_of(agreement), "manner": agreement.manner, "place": agreement.place,
        "performed": agreement.performed, "copies": agreement.copies,
    }  # fmt: skip
    return hashlib.sha256(canonical(words)).hexdigest()


def numbered(items: Iterable[Any]) -> list[tuple[str, Any]]:
    """一、二、三 beside each."""
    return [(clause_number(n), item) for n, item in enumerate(items, 1)]


def _stored(n: int, term: Term, dispute: Dispute) -> dict[str, Any]:
    for party in (term.debtor, term.creditor):
        if party is not None and party.dispute_id != dispute.pk:
            raise Refused(_("第 %(n)d 项写的人不是这件事的当事人，请重新选。") % {"n": n})
    return {
        "n": n,
        "debtor": term.debtor.pk if term.debtor else None,
        "creditor": term.creditor.pk if term.creditor else None,
        "what": _fitting(n, term.what, LONGEST_DUTY),
        "amount_fen": term.amount_fen,
        "due_on": term.due_on.isoformat() if term.due_on else None,
        "method": _fitting(n, term.method, LONGEST_METHOD),
    }


def _fitting(n: int, text: str, longest: int) -> str:
    text = normalise(text)
    if len(text) > longest:
        raise Refused(
            _("第 %(n)d 项“%(text)s…”太长，最多 %(longest)d 个字。") % {"n": n, "text": text[:12], "longest": longest}
        )
    return text


def _printed(party: Party, letter: str) -> dict[str, Any]:
    name = party.name
    if party.kind == PartyKind.GROUP:
        name = _("%(name)s等%(n)d人") % {"name": name, "n": party.head_count}
        name += _("（代表人%(who)s）") % {"who": party.representative} if party.representative else ""
    line = {
        "party": party.pk, "letter": letter, "kind": party.kind, "name": name,
        "role": _("%(role)s（%(letter)s）") % {"role": party.get_role_display(), "letter": letter},
        "sex": party.sex, "age": str(party.age or ""), "ethnicity": party.ethnicity,
        "occupation": party.occupation, "address": party.home, "agent": party.agent,
        "representative": party.representative,
    }  # fmt: skip
    line["credit_code" if party.kind == PartyKind.ORGANISATION else "id_number"] = party.id_number
    return line
