"""A list as a file for a spreadsheet: masked as on the screen, cells that cannot run, five thousand rows at most."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.models.dispute import DisputeQuerySet
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import User
from fengqiao.tables import refuse_unknown
from fengqiao.web.downloads import table_file

from .commands import record_export
from .rows import Row, for_lists, rows_of

MOST = 5000
CHUNK = 500


def exported(disputes: DisputeQuerySet, *, what: str, format: str, by: User) -> HttpResponse:
    """The file, after it was logged. Refused for an unknown format and for more than five thousand rows."""
    refuse_unknown(format)
    rows = disputes.order_by()[: MOST + 1].count()
    if rows > MOST:
        raise Refused(_("超过 %(most)d 件，一次导不出来。请加几个条件再导出。") % {"most": MOST})
    record_export(what=what, rows=rows, format=format, by=by)
    return table_file({_("纠纷清单"): _table(disputes, by)}, name="disputes", format=format)


def _table(disputes: DisputeQuerySet, reader: User) -> Iterator[list[object]]:
    yield [
        _("编号"), _("事由"), _("当事人"), _("类型"), _("地点"), _("等级"), _("来源"), _("阶段"), _("轮到谁"), _("承办单位"),
        _("调解员"), _("登记时间"), _("到期时间"), _("办结时间"),
    ]  # fmt: skip
    ready = for_lists(disputes)
    for start in range(0, MOST, CHUNK):
        rows = rows_of(ready[start : start + CHUNK], reader)
        yield from (_cells(row) for row in rows)
        if len(rows) < CHUNK:
            return


def _cells(row: Row) -> list[object]:
    dispute = row.dispute
    return [
        dispute.number, dispute.title, dispute.who_against_whom, str(dispute.category or ""), str(dispute.place or ""),
        dispute.get_difficulty_display(), dispute.get_channel_display(), row.state, row.turn.who, dispute.office,
        str(dispute.mediator or ""), _at(dispute.registered_at), _at(dispute.due_at), _at(dispute.closed_at),
    ]  # fmt: skip


def _at(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
