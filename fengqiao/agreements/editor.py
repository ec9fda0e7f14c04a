"""The draft as somebody writes it: rows of clauses and duties that come and go, a template's blanks, nothing typed lost.

It works by plain submissions: every button posts the whole sheet, and the sheet comes back changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import formset_factory

from fengqiao.disputes.models import Dispute
from fengqiao.kernel.money import yuan

from .content import AgreementContent, Clause, Term, letters
from .forms import BlanksForm, ClauseForm, OralPartsForm, PartsForm, TermForm, formal, plainly, sides_of
from .models import Template
from .review import BLANK

MOST_ROWS = 60
ClauseRows = formset_factory(ClauseForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
TermRows = formset_factory(TermForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
TEXTS = ("facts", "issues", "responsibility", "manner", "place", "performed")
Row = dict[str, Any]


@dataclass
class Sheet:
    """The raw text of a draft, row by row, between what was posted and what is shown."""

    parts: Row
    clauses: list[Row]
    terms: list[Row]

    def blanks(self) -> list[str]:
        texts = [*self.parts.values(), *(value for row in (*self.clauses, *self.terms) for value in row.values())]
        return list(dict.fromkeys(name for text in texts if isinstance(text, str) for name in BLANK.findall(text)))

    def fill(self, values: Mapping[str, Any]) -> None:
        """Put the values where the blanks are, and give the duties their sums and days."""
        for row, field in self._texts():
            write = plainly if field == "plain" else formal
            for name, value in values.items():
                row[field] = row[field].replace(f"【待填：{name}】", write(value))
        for term in self.terms:
            if isinstance(sum_ := values.get(term.get("amount_blank", "")), int):
                term["amount"] = yuan(sum_)
            if (day := values.get(term.get("due_blank", ""))) is not None:
                term["due_on"] = day.isoformat()

    def do(self, what: str) -> None:
        """One press of a button: add-clause, drop-term-2, up-clause-1 (rows count from 0). Anything else does nothing."""
        act, _dash, rest = what.partition("-")
        kind, _dash, n = rest.partition("-")
        rows = {"clause": self.clauses, "term": self.terms}.get(kind)
        if rows is None:
            return
        if act == "add" and len(rows) < MOST_ROWS:
            rows.append({})
        elif n.isdecimal() and int(n) < len(rows):
            _move(rows, act, int(n))

    def _texts(self) -> list[tuple[Row, str]]:
        rows = [(self.parts, field) for field in TEXTS if self.parts.get(field)]
        rows += [(row, field) for row in self.clauses for field in ("text", "plain") if row.get(field)]
        return rows + [(row, field) for row in self.terms for field in ("what", "method", "account") if row.get(field)]


class Editor:
    """The forms of one draft: showing a sheet, or bound to it to be checked and saved."""

    def __init__(self, dispute: Dispute, *, template: Template | None, edition: int, oral: bool = False) -> None:
        self.dispute, self.template, self.edition, self.oral = dispute, template, edition, oral
        self._form = OralPartsForm if oral else PartsForm
        self._parties = {"parties": sides_of(dispute, letters(dispute))}

    def show(self, sheet: Sheet, blanks: Mapping[str, Any] | None = None) -> "Editor":
        """Draw the sheet; `blanks` are posted values that could not be used yet."""
        self.parts = self._form(initial=sheet.parts, prefix="p")
        self.clauses = ClauseRows(initial=sheet.clauses or [{}], prefix="c")
        self.terms = TermRows(initial=sheet.terms, prefix="t", form_kwargs=self._parties)
        self.blanks = BlanksForm(blanks, names=sheet.blanks())
        return self

    def bind(self, sheet: Sheet) -> "Editor":
        """The sheet as a submission."""
        data = _as_posted(sheet)
        self.parts = self._form(data, prefix="p")
        self.clauses = ClauseRows(data, prefix="c")
        self.terms = TermRows(data, prefix="t", form_kwargs=self._parties)
        self.blanks = BlanksForm(names=sheet.blanks())
        return self

    def is_valid(self) -> bool:
        return all([self.parts.is_valid(), self.clauses.is_valid(), self.terms.is_valid()])

    def content(self) -> AgreementContent:
        """What was written. Call once it is valid."""
        clauses = [Clause(row["text"], row["plain"]) for row in self.clauses.cleaned_data if row.get("text")]
        terms = [_term(form) for form in self.terms.forms if not form.is_empty]
        return AgreementContent(clauses=clauses, terms=terms, template=self.template, **self.parts.cleaned_data)


def sheet_of(content: AgreementContent) -> Sheet:
    """The sheet on which this content stands, with the template's memory of which blank goes where."""
    rows = content.template.terms if content.template else []
    memory = {row["what"]: row for row in rows}
    parts = {field: getattr(content, field) for field in (*TEXTS, "copies")}
    return Sheet(
        parts={**parts, "paper_only": content.paper_only},
        clauses=[{"text": clause.text, "plain": clause.plain} for clause in content.clauses],
        terms=[_row(term, memory.get(term.what, {})) for term in content.terms],
    )


def posted_sheet(data: Mapping[str, Any]) -> Sheet:
    """The sheet as it was posted, unchecked."""
    parts: Row = {field: data.get(f"p-{field}", "") for field in (*TEXTS, "copies")}
    return Sheet(
        parts={**parts, "paper_only": "p-paper_only" in data},
        clauses=_posted(data, "c", ("text", "plain")),
        terms=_posted(data, "t", tuple(TermForm.base_fields)),
    )


def _posted(data: Mapping[str, Any], prefix: str, fields: tuple[str, ...]) -> list[Row]:
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    count = min(int(total), MOST_ROWS) if total.isdecimal() else 0
    return [{field: data.get(f"{prefix}-{n}-{field}", "") for field in fields} for n in range(count)]


def _as_posted(sheet: Sheet) -> Row:
    data: Row = {f"p-{field}": value for field, value in sheet.parts.items() if value not in (None, False)}
    for prefix, rows in (("c", sheet.clauses), ("t", sheet.terms)):
        data |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(len(rows))}
        data |= {f"{prefix}-{n}-{field}": value for n, row in enumerate(rows) for field, value in row.items()}
    return data


def _move(rows: list[Row], act: str, n: int) -> None:
    if act == "drop":
        del rows[n]
    elif act == "up" and n > 0:
        rows[n - 1], rows[n] = rows[n], rows[n - 1]


def _row(term: Term, memory: Row) -> Row:
    return {
        "what": term.what, "method": term.method, "account": term.account,
        "debtor": str(term.debtor.pk) if term.debtor else "", "creditor": str(term.creditor.pk) if term.creditor else "",
        "amount": yuan(term.amount_fen) if term.amount_fen is not None else "",
        "due_on": term.due_on.isoformat() if term.due_on else "",
        "amount_blank": memory.get("amount", ""), "due_blank": memory.get("due", ""),
    }  # fmt: skip


def _term(form: TermForm) -> Term:
    row = form.cleaned_data
    return Term(
        what=row["what"], debtor=form.parties.get(row["debtor"]), creditor=form.parties.get(row["creditor"]),
        amount_fen=row["amount"], due_on=row["due_on"], method=row["method"], account=row["account"],
    )  # fmt: skip
