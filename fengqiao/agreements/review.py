"""Looking an agreement over before it goes out: what must be put right, and what a court would stumble over."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Dispute, PartyKind

from .content import AgreementContent, Term, numbered

BLANK = re.compile(r"【待填：([^】]{1,30})】")

VAGUE = re.compile(r"尽快|尽早|适当|酌情|相应(?=补偿|赔偿)|有钱就|有钱再|方便的时候|视情况|合理期限|大约|左右")
# 民诉法解释 355: what a court does not take; a division of things is not caught, a declaration of who owns them is.
STATUS = re.compile(r"离婚|婚姻(关系)?(无效|有效|解除)|解除婚姻|亲子关系|收养关系|确认收养|解除收养")
OWNERSHIP = re.compile(
    r"(所有权|产权|使用权|商标权|专利权|著作权|股权)[^。；]{0,12}(归|属于|确认)|确认[^。；]{0,12}(所有权|产权|使用权|商标权|专利权|著作权)"
)
# 民诉法解释 358: against the law, or against the interests of others.
FORBIDDEN = re.compile(r"(不得|不能|不再|放弃)[^。；，]{0,6}(报警|报案|举报|控告|信访|作证)|不追究刑事")
TRANSFER = re.compile(r"转账|汇款|银行|账户|账号|卡号")
ACCOUNT = re.compile(r"\d[\d\s]{10,}")
LABOUR = "10"


@dataclass(frozen=True)
class Finding:
    """One line of the list beside the paper. `kind`: done, soon (look at it), late (a court would refuse)."""

    kind: str
    text: str
    part: str = ""  # where in the editor to put it right


def faults(content: AgreementContent, dispute: Dispute, *, today: date | None = None) -> list[str]:
    """Sentences for what must be put right before anybody signs; empty when it can go out."""
    today = today or timezone.localdate()
    found = [] if content.clauses else [_("还没有写协议条款。")]
    if not dispute.applicants or not dispute.respondents:
        found.append(_("还没有登记另一方当事人。"))
    found += [_("“%(blank)s”还没有填。") % {"blank": blank} for blank in blanks(content)]
    for n, term in enumerate(content.terms, 1):
        found += [sentence % {"n": n} for sentence in _faults_of(term, today)]
    return found


def blanks(content: AgreementContent) -> list[str]:
    """The names of the blanks that a template left and nobody has filled yet, in the order of the text."""
    texts = [content.facts, content.issues, content.responsibility, content.manner]
    texts += [text for clause in content.clauses for text in (clause.text, clause.plain)]
    texts += [text for term in content.terms for text in (term.what, term.method, term.account)]
    return list(dict.fromkeys(name for text in texts for name in BLANK.findall(text)))


def checklist(content: AgreementContent, dispute: Dispute) -> list[Finding]:
    """能不能拿去司法确认: what a court looks at (民事诉讼法 205; 民诉法解释 355, 358). Nothing here stops anybody."""
    return [
        *_payee(content), *_dates(content), *_identity(dispute), *_court_takes_it(content, dispute),
        *_clear(content), *_account(content),
    ]  # fmt: skip


def _faults_of(term: Term, today: date) -> Iterator[str]:
    if not term.what:
        yield _("第 %(n)d 项没写做什么。")
    if term.debtor is None:
        yield _("第 %(n)d 项没写谁来做。")
    if term.due_on is None:
        yield _("第 %(n)d 项没写到哪一天。")
    elif term.due_on < today:
        yield _("第 %(n)d 项的日期已经过了。")
    if term.amount_fen is not None and term.amount_fen <= 0:
        yield _("第 %(n)d 项的金额要大于零；不是付钱的，金额留空。")
    if term.debtor is not None and term.debtor == term.creditor:
        yield _("第 %(n)d 项自己做给自己，请核对。")


def _payee(content: AgreementContent) -> Iterator[Finding]:
    money = [(n, term) for n, term in enumerate(content.terms, 1) if term.amount_fen is not None]
    for n, term in money:
        if term.creditor is None:
            yield Finding("soon", _("第 %(n)d 项没写付给谁。") % {"n": n}, "terms")
    if money and all(term.creditor for _n, term in money):
        yield Finding("done", _("谁付、付给谁、付多少：写清了"))
    elif not content.terms:
        yield Finding("soon", _("没有列出要履行的事项。当场已经做完的，才可以不列。"), "terms")


def _dates(content: AgreementContent) -> Iterator[Finding]:
    if content.terms and all(term.due_on for term in content.terms):
        yield Finding("done", _("每一项都有日期"))
    elif content.terms:
        yield Finding("soon", _("有的项没有日期。"), "terms")


def _identity(dispute: Dispute) -> Iterator[Finding]:
    sides = [*dispute.applicants, *dispute.respondents]
    lacking = [party for party in sides if not party.id_number]
    speechless = [party for party in sides if party.kind != PartyKind.PERSON and not party.representative]
    for party in lacking:
        words = _("%(name)s的统一社会信用代码还没登记。") if not party.is_person else _("%(name)s的身份证号还没登记。")
        yield Finding("soon", words % {"name": party.masked_name})
    for party in speechless:
        yield Finding("soon", _("%(name)s的代表人还没登记。") % {"name": party.masked_name})
    if not lacking and not speechless:
        yield Finding("done", _("身份已登记"))


def _court_takes_it(content: AgreementContent, dispute: Dispute) -> Iterator[Finding]:
    refused = [
        (numeral, reason)
        for numeral, clause in numbered(content.clauses)
        for pattern, reason in (
            (STATUS, _("第%(n)s条涉及婚姻、亲子、收养关系，法院不受理确认。")),
            (OWNERSHIP, _("第%(n)s条确认产权归属，法院不受理确认。")),
        )
        if pattern.search(clause.text)
    ]
    for numeral, reason in refused:
        yield Finding("late", reason % {"n": numeral}, "clauses")
    labour = dispute.category is not None and dispute.category.code == LABOUR
    if labour and any(term.amount_fen is None for term in content.terms):
        yield Finding("soon", _("劳动争议只能确认给钱的内容（劳动争议司法解释一 52）。"), "terms")
    if not refused:
        yield Finding("done", _("不是法院不受理的事"))


def _clear(content: AgreementContent) -> Iterator[Finding]:
    for numeral, clause in numbered(content.clauses):
        if vague := VAGUE.search(clause.text):
            words = _("第%(n)s条“%(word)s”说不清，法院可能因内容不明确驳回。")
            yield Finding("soon", words % {"n": numeral, "word": vague.group()}, "clauses")
        if bad := FORBIDDEN.search(clause.text):
            words = _("第%(n)s条“%(word)s”可能违反法律或者损害他人利益，请改。")
            yield Finding("late", words % {"n": numeral, "word": bad.group()}, "clauses")


def _account(content: AgreementContent) -> Iterator[Finding]:
    paid_in = [term for term in content.terms if term.amount_fen is not None and TRANSFER.search(term.method)]
    named = " ".join([content.manner, *(clause.text for clause in content.clauses)])
    if paid_in and any(not term.account for term in paid_in) and not ACCOUNT.search(named):
        yield Finding("soon", _("收款账号还没填。"), "terms")
    elif paid_in:
        yield Finding("done", _("收款账号写了"))
