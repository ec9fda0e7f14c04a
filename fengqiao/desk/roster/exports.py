"""The roster as a file, with its changes: what the judicial bureau counts and tells the court (人民调解法 7, 10)."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fengqiao.desk.commands import record_export
from fengqiao.desk.exports import MOST
from fengqiao.disputes.models import Category
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.people.models import RosterEntry, RosterRules
from fengqiao.people.roster.writing import SUBJECT
from fengqiao.places.models import Region
from fengqiao.tables import refuse_unknown
from fengqiao.web.actors import staff
from fengqiao.web.downloads import table_file
from fengqiao.web.http import acting

from .listing import Listing
from .views import reader_of


@require_POST
@acting
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, and every change of those on it; no telephone, number or declared tie."""
    reader_of(request)
    listing, format_ = Listing(request.GET, staff(request)), request.POST.get("format", "")
    refuse_unknown(format_)
    entries = list(listing.rows.order_by("body_id", "pk")[: MOST + 1])
    if len(entries) > MOST:
        raise Refused(_("超过 %(most)d 行，一次导不出来。请加几个条件再导出。") % {"most": MOST})
    record_export(what=listing.words, rows=len(entries), format=format_, by=staff(request))
    tables = {_("名册"): _roster(entries), _("变动记录"): _changes(entries)}
    return table_file(tables, name="roster", format=format_)


def _roster(entries: list[RosterEntry]) -> Iterator[list[Any]]:
    rules, categories = RosterRules.now(), dict(Category.objects.values_list("code", "name"))
    grades, languages = dict(rules.grade_choices), dict(rules.language_choices)
    places = dict(
        Region.objects.filter(code__in={code for one in entries for code in one.areas}).values_list("code", "name")
    )
    yield [
        _("姓名"), _("类别"), _("单位"), _("身份职务"), _("等级"), _("擅长"), _("语言"), _("区域"), _("可约时间"), _("证号"), _("任期起"),
        _("任期止"), _("状态"), _("理由"), _("依据"),
    ]  # fmt: skip
    for one in entries:
        yield [
            one.name, "、".join(one.kind_words), str(one.body), one.title, str(grades.get(one.grade, "")),
            "、".join(categories.get(code, code) for code in one.specialities),
            "、".join(str(languages.get(key, key)) for key in one.languages),
            "、".join(places.get(code, code) for code in one.areas), one.hours_words, one.certificate or "",
            str(one.valid_from or ""), str(one.valid_to or ""), one.standing_words, one.reason, str(one.get_source_display()),
        ]  # fmt: skip


def _changes(entries: list[RosterEntry]) -> Iterator[list[Any]]:
    names = {one.pk: one.name for one in entries}
    yield [_("时间"), _("姓名"), _("变动"), _("原来"), _("现在")]
    rows = Entry.objects.filter(subject=SUBJECT, subject_id__in=names).order_by("at", "pk")
    for row in rows:
        told = row.payload or {}
        yield [
            f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}", names[row.subject_id], row.sentence,
            _listed(told.get("before")), _listed(told.get("after")),
        ]  # fmt: skip


def _listed(told: dict[str, str] | None) -> str:
    return "；".join(f"{name}={value}" for name, value in (told or {}).items())
