"""The access log as the auditor reads it: filtered, and taken away as a file."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.desk.records import tell
from fengqiao.kernel.errors import Refused
from fengqiao.people.events import AccessLogExported
from fengqiao.people.models import Access, Result, User, Way
from fengqiao.people.models.access import AccessQuerySet
from fengqiao.web.downloads import table_file

MOST = 50_000
ANY: list[tuple[str, Any]] = [("", gettext_lazy("全部"))]


class AccessFilterForm(forms.Form):
    """Each may be left empty. What makes no sense finds nothing, and says why."""

    who = forms.CharField(label=gettext_lazy("谁（用户名或姓名）"), max_length=40, required=False)
    result = forms.ChoiceField(label=gettext_lazy("结果"), choices=ANY + list(Result.choices), required=False)
    way = forms.ChoiceField(label=gettext_lazy("方式"), choices=ANY + list(Way.choices), required=False)
    address = forms.GenericIPAddressField(label=gettext_lazy("网络地址"), required=False)
    since = forms.DateField(label=gettext_lazy("从"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=gettext_lazy("到"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def found(self, rows: AccessQuerySet) -> AccessQuerySet:
        if not self.is_bound:
            return rows
        if not self.is_valid():
            return rows.none()
        told = self.cleaned_data
        if told["who"]:
            rows = rows.filter(Q(user__username=told["who"]) | Q(user__name__contains=told["who"]))
        for name in ("result", "way"):
            rows = rows.filter(**{name: told[name]}) if told[name] else rows
        if told["address"]:
            rows = rows.from_address(told["address"])
        if told["since"]:
            rows = rows.filter(at__gte=timezone.make_aware(datetime.combine(told["since"], time())))
        if told["until"]:
            rows = rows.filter(at__lt=timezone.make_aware(datetime.combine(told["until"] + timedelta(days=1), time())))
        return rows

    @property
    def in_words(self) -> str:
        """The filters for the ledger: which ones, not whose names."""
        return "、".join(str(self.fields[name].label) for name, value in self.cleaned_data.items() if value) or _(
            "全部"
        )


def as_csv(form: AccessFilterForm, *, by: User) -> HttpResponse:
    """The file, after it was told to the ledger. Refused for filters that make no sense and for too many rows."""
    if not form.is_valid():
        raise Refused(_("筛选条件不对，请回到列表改好再导出。"))
    rows = form.found(Access.objects.select_related("user").newest_first())
    count = rows.order_by()[: MOST + 1].count()
    if count > MOST:
        raise Refused(_("超过 %(most)d 条，一次导不出来。请缩短日期再导出。") % {"most": MOST})
    with transaction.atomic():
        tell(AccessLogExported(what=form.in_words, rows=count), by=by)
    return table_file({_("访问日志"): _table(rows)}, name="access")


def _table(rows: AccessQuerySet) -> Iterator[list[object]]:
    yield [_("时间"), _("用户名"), _("姓名"), _("方式"), _("结果"), _("网络地址"), _("设备")]
    for row in rows.iterator(500):
        user = row.user
        yield [
            f"{timezone.localtime(row.at):%Y-%m-%d %H:%M:%S}", user.username if user else "", user or "",
            row.get_way_display(), row.get_result_display(), row.address, row.device,
        ]  # fmt: skip
