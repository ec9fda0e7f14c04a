"""What the ledger holds about the district itself, and who took its tables away."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry

from .titles import Titles

SUBJECT = "district"  # its chain; one installation is one county, number 1


@entry(
    "district.loaded",
    _("{by} 载入区县数据 {district}：新增 {created} 行，更新 {updated} 行。"),
    icon="database-import",
)
class DistrictLoaded(Event):
    district: str
    created: int
    updated: int
    tables: dict[str, list[int]]  # file -> rows created, rows updated


@entry(
    "district.changed",
    _("{by} 改了本区数据“{table}”：新增 {added} 行，修改 {changed} 行。理由：{reason}。"),
    icon="table",
    shows={"table": Titles},
)
class DistrictChanged(Event):
    table: str  # its file
    reason: str
    added: int
    changed: int
    removed: int
    rows: list[dict[str, Any]]  # key, before and after of each: cells of the file; null where there was or is no row


@entry(
    "district.undone",
    _(
        "{by} 撤销了本区数据“{table}”的一次改动：改回 {changed} 行，去掉 {removed} 行，放回 {added} 行。理由：{reason}。"
    ),
    icon="arrow-back-up",
    shows={"table": Titles},
)
class DistrictUndone(DistrictChanged):
    undoes: int  # the entry's number in this chain


@entry(
    "district.downloaded",
    _("{by} 下载了本区数据“{table}”，{rows} 行（{format}）。"),
    icon="download",
    shows={"table": Titles},
)
class DistrictDownloaded(Event):
    """In the chain of the person who did it, as every download is."""

    table: str
    rows: int
    format: str
