"""What the ledger holds about the district itself."""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry


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
