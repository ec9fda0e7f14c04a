"""The model agreements that come with the system, and how a dispute's own draft starts from one of them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from fengqiao.disputes.events import TemplateLoaded
from fengqiao.disputes.models import Dispute, Party
from fengqiao.ledger import book
from fengqiao.people.models import SYSTEM

from .content import AgreementContent, Clause, Term, must_be_on_paper
from .models import Template

FOLDER = Path(__file__).parent / "templates_data"
SIDES = ("applicant", "respondent")
FIELDS = {"name", "issues", "responsibility", "clauses", "terms", "manner", "paper_only"}


class BadTemplate(ValueError):
    """A file of templates_data is not a model agreement; the message names the file and what is wrong."""


@transaction.atomic
def load_templates(folder: Path = FOLDER, *, by: Any = SYSTEM) -> list[Template]:
    """Load every template of the folder that is not loaded yet; a second run changes nothing. Returns the new ones.

    Raises BadTemplate, with nothing loaded, for a broken file and for words changed under the same version.
    """
    return [loaded for file in sorted(folder.glob("*.yaml")) if (loaded := _load(file, by))]


def fitting(dispute: Dispute) -> list[Template]:
    """The templates at work, those for this kind of dispute first."""
    code = dispute.category.code if dispute.category else ""
    return sorted(Template.objects.filter(is_active=True), key=lambda one: (code not in one.category_codes, one.name))


def start_from(template: Template | None, dispute: Dispute) -> AgreementContent:
    """A first draft: the template's words with this dispute's facts and people; without a template, only the facts."""
    content = AgreementContent(clauses=[], facts=dispute.facts, place=dispute.body.name)
    if template is not None:
        content = replace(
            content, clauses=[Clause(**row) for row in template.clauses], terms=_terms(template, dispute),
            issues=template.issues, responsibility=template.responsibility, manner=template.manner, template=template,
        )  # fmt: skip
    return replace(content, paper_only=must_be_on_paper(dispute, content))


def _terms(template: Template, dispute: Dispute) -> list[Term]:
    sides = {"applicant": _alone(dispute.applicants), "respondent": _alone(dispute.respondents)}
    return [
        Term(what=row["what"], debtor=sides.get(row["debtor"]), creditor=sides.get(row.get("creditor", "")),
             method=row.get("method", ""))
        for row in template.terms
    ]  # fmt: skip


def _load(file: Path, by: Any) -> Template | None:
    key, version, fields = _read(file)
    known = Template.objects.filter(key=key, version=version).first()
    if known:
        if any(getattr(known, name) != value for name, value in fields.items()):
            raise BadTemplate(f"{file.name}: version {version} is loaded with other words; raise the version")
        return None
    older = list(Template.objects.filter(key=key, is_active=True))
    for one in older:
        one.is_active = False
        one.save()
    template = Template.objects.create(key=key, version=version, **fields)
    event = TemplateLoaded(name=template.name, version=version)
    for row in (template, *older):
        book.append("template", row.pk, event, by=by, rows=[row])
    return template


def _read(file: Path) -> tuple[str, int, dict[str, Any]]:
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        fields = {name: raw.get(name, "") for name in FIELDS}
        fields |= {"category_codes": raw["categories"], "paper_only": bool(raw.get("paper_only", False))}
        fields["clauses"] = [{"text": row["text"], "plain": row.get("plain", "")} for row in raw["clauses"]]
        fields["terms"] = [_term(row) for row in raw.get("terms", [])]
        return str(raw["key"]), int(raw["version"]), fields
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError, ValueError) as bad:
        raise BadTemplate(f"{file.name}: {bad}") from bad


def _term(row: dict[str, Any]) -> dict[str, str]:
    for side in ("debtor", "creditor"):
        if row.get(side, SIDES[0]) not in SIDES:
            raise ValueError(f"{side} is {row[side]!r}, not one of {', '.join(SIDES)}")
    return {name: str(row[name]) for name in ("what", "debtor", "creditor", "amount", "due", "method") if name in row}


def _alone(parties: list[Party]) -> Party | None:
    """The one party of a side; where there are several somebody has to say which."""
    return parties[0] if len(parties) == 1 else None
