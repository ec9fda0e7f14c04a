"""A roster kept elsewhere brought in: read whole, every wrong row named with its reason; taken all or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Category
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import RosterEntry, RosterRules, User
from fengqiao.people.roster import commands
from fengqiao.people.roster.drafts import EntryDraft
from fengqiao.people.roster.models import Kind, Source
from fengqiao.people.roster.sight import reviews
from fengqiao.places.models import Region
from fengqiao.tables import Column, Holds, Layout, rows_of_upload
from fengqiao.tables.files import Sent
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusing, sent_files
from fengqiao.web.once import idempotent_form

from .forms import RosterFileForm

MOST_TOLD = 50
# The export has the same names, so that it can come back.
LAYOUT = Layout(
    columns={
        "name": Column("姓名", Holds.NAME), "kinds": Column("类别"), "body": Column("单位"), "title": Column("身份职务", Holds.NAME),
        "grade": Column("等级"), "specialities": Column("擅长"), "languages": Column("语言"), "areas": Column("区域"),
        "certificate": Column("证号"), "valid_from": Column("任期起", Holds.DAY), "valid_to": Column("任期止", Holds.DAY),
        "username": Column("账户"), "born_on": Column("出生日期", Holds.DAY), "phone": Column("电话"),
        "introduction": Column("简介", Holds.PROSE),
    },
    needed=("name", "kinds"), most=2000,
)  # fmt: skip
BETWEEN = str.maketrans(dict.fromkeys("，,；;/ ", "、"))


class RowsRefused(Refused):
    """Rows that cannot be taken, each with its reason; nothing was saved."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(_("有 %(n)d 行不对。") % {"n": len(problems)})
        self.problems = problems


@acting
@idempotent_form
def bring_in(request: HttpRequest) -> HttpResponse:
    """导入: for the reviewing body alone."""
    user = staff(request)
    if not reviews(user):
        raise PermissionDenied(_("只有审核单位可以导入名册。"))
    form, problems = RosterFileForm(posted(request), sent_files(request), actor=user), []
    if form.is_valid():
        with refusing(form):
            try:
                made = import_roster(form.cleaned_data["file"], body=form.cleaned_data["body"], by=user)
                said = _("收进来 %(n)d 人。") % {"n": len(made)}
                return page(request, "desk/roster/import.html", then=reverse("roster"), said=said)
            except RowsRefused as no:
                problems = no.problems[:MOST_TOLD]
                raise
    return page(
        request, "desk/roster/import.html", form=form, title=_("导入名册"), back=reverse("roster"), problems=problems,
        columns=[column.name for column in LAYOUT.columns.values()],
    )  # fmt: skip


def import_roster(upload: Sent, *, body: Body, by: User) -> list[RosterEntry]:
    """Take everybody in the file, or nobody. Raises RowsRefused with every wrong row, Refused for a wrong file."""
    if not reviews(by):
        raise Refused(_("只有审核单位可以导入名册。"))
    rows = rows_of_upload(upload, LAYOUT)
    known, problems, made = Known.read(body), [], []
    with transaction.atomic():
        for number, row in rows:
            try:
                with transaction.atomic():
                    made.append(_taken(row, known, by))
            except Refused as no:
                problems.append(_("第 %(n)d 行：%(why)s") % {"n": number, "why": no})
        if problems:
            raise RowsRefused(problems)
    return made


@dataclass(frozen=True)
class Known:
    """What a cell may name, by name."""

    body: Body
    bodies: Mapping[str, Body]
    users: Mapping[str, User]
    codes: Mapping[str, Mapping[str, str]]

    @classmethod
    def read(cls, body: Body) -> "Known":
        rules = RosterRules.now()
        codes = {
            "kinds": {str(kind.label): kind.value for kind in Kind},
            "grade": {str(name): key for key, name in rules.grade_choices},
            "languages": {str(name): key for key, name in rules.language_choices},
            "specialities": {name: code for code, name in Category.objects.values_list("code", "name")},
            "areas": {name: code for code, name in Region.objects.values_list("code", "name")},
        }
        bodies = {one.name: one for one in Body.objects.at_work().filter(is_slot=False).select_related("region")}
        return cls(body, bodies, {one.username: one for one in User.objects.filter(is_active=True)}, codes)

    def code(self, column: str, word: str) -> str:
        """The code of a word of this column; a code stays as it is."""
        codes = self.codes[column]
        if word in codes:
            return codes[word]
        if word in codes.values():
            return word
        raise Refused(_("%(column)s里没有“%(word)s”") % {"column": LAYOUT.columns[column].name, "word": word[:30]})


def _taken(row: Mapping[str, str], known: Known, by: User) -> RosterEntry:
    several: dict[str, Any] = {
        name: [known.code(name, word) for word in row.get(name, "").translate(BETWEEN).split("、") if word]
        for name in ("kinds", "languages", "specialities", "areas")
    }
    draft = EntryDraft(
        name=row["name"], body=_named(row.get("body", ""), known.bodies, _("单位")) or known.body,
        user=_named(row.get("username", ""), known.users, _("账户")), title=row.get("title", ""),
        grade=known.code("grade", row["grade"]) if row.get("grade") else "", introduction=row.get("introduction", ""),
        born_on=_date(row, "born_on"), phone=row.get("phone", ""), **several,
    )  # fmt: skip
    if draft.user and RosterEntry.objects.filter(user=draft.user).exists():
        raise Refused(_("账户“%(name)s”已经在名册上") % {"name": draft.user.username})
    first, last = _date(row, "valid_from"), _date(row, "valid_to")
    if first and last and last < first:
        raise Refused(_("任期的最后一天不能早于第一天。"))
    return commands.take_over(
        draft, source=Source.IMPORT, valid_from=first, valid_to=last, certificate=row.get("certificate", ""), by=by
    )


def _named(word: str, known: Mapping[str, Any], what: str) -> Any:
    if word and word not in known:
        raise Refused(_("没有“%(word)s”这个%(what)s") % {"word": word[:40], "what": what})
    return known.get(word)


def _date(row: Mapping[str, str], name: str) -> date | None:
    text = row.get(name, "").replace("/", "-").replace(".", "-")
    try:
        found = parse_date(text) if text else None
    except ValueError:
        found = None
    if text and found is None:
        raise Refused(
            _("%(column)s“%(text)s”应写成 2026-03-08") % {"column": LAYOUT.columns[name].name, "text": text[:20]}
        )
    return found
