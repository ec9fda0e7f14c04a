"""What staff do across many disputes and what must be on record all the same; kept in the person's own chain, subject `user`."""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry


@entry("access.exported", _("{by} 导出了 {rows} 件纠纷的清单（{what}）。"), icon="download")
class ListExported(Event):
    what: str  # the list and its filters, in words
    rows: int
    format: str


@entry("figures.exported", _("{by} 导出了 {rows} 行统计（{what}）。"), icon="download")
class FiguresExported(Event):
    what: str  # the period and the view, in words
    rows: int
    format: str


@entry("view.shared", _("{by} 把视图“{name}”给{body}全单位用。"), icon="bookmark")
class ViewShared(Event):
    view_id: int
    name: str
    body: str


@entry("view.withdrawn", _("{by} 收回了{body}全单位用的视图“{name}”。"), icon="bookmark-off")
class ViewWithdrawn(Event):
    view_id: int
    name: str
    body: str


@entry("address.exported", _("{by} 导出了地址库的 {rows} 个地址（{what}）。"), icon="download")
class AddressesExported(Event):
    what: str  # the filters, in words
    rows: int
    format: str


@entry(
    "address.imported",
    _("{by} 从表格导入地址：新增 {added}，修改 {corrected}，新记名称 {named}，没有变化 {same}。理由：{why}。"),
    icon="upload",
)
class AddressesImported(Event):
    added: int
    corrected: int
    named: int
    same: int
    why: str


@entry("ledger.verified", _("整本账核对完了：{result}。共 {entries} 条记录，用了 {seconds} 秒。"), icon="shield-check")
class RecordVerified(Event):
    """Told to the one who asked; the findings themselves stand in the entry."""

    entries: int
    seconds: int
    result: str
    findings: list[str]
