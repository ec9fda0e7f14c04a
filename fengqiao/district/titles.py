"""What the tables of a district and their columns are called on the screen, and what each table is for."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:  # the ledger's kinds are told with these titles before there are models
    from .schema import Table


class Titles(models.TextChoices):
    """The tables in the order in which they are shown."""

    LIMITS = "limits.csv", _("办理期限")
    WARNINGS = "warnings.csv", _("到期提醒")
    CATEGORIES = "categories.csv", _("纠纷类型")
    RULES = "rules.csv", _("分流规则")
    DUTIES = "duties.csv", _("责任清单")
    TARGETS = "targets.csv", _("目标")
    STRENGTH = "strength.csv", _("力量")
    MECHANISMS = "mechanisms.csv", _("机制")
    NOTICES = "notices.csv", _("消息用语")
    SEATS = "seats.csv", _("会商的席位")
    PLANS = "plans.csv", _("应急预案")
    THRESHOLDS = "thresholds.csv", _("督查的数目")
    TIERS = "tiers.csv", _("调处层级")
    GRADING = "grading.csv", _("分级标准")
    WINDOWS = "windows.csv", _("窗口")
    BODIES = "bodies.csv", _("机构")
    FORMER_NAMES = "former_names.csv", _("机构曾用名")
    ACCOUNTS = "accounts.csv", _("账户")
    REGIONS = "regions.csv", _("地方")


ABOUT = {
    Titles.LIMITS: _("每一步最长多久。没有写的用内置的期限。"),
    Titles.WARNINGS: _("到期前、到期时、到期后提醒谁。没有写的：提前一天提醒承办单位和调解员，到期时加上上级单位。"),
    Titles.CATEGORIES: _("登记时能选的纠纷类型，各用哪个期限，和别的编码怎么对照。"),
    Titles.RULES: _("现行的这一版：哪类事、哪个地方，先建议交给谁。在“分流规则”里起草和发布。"),
    Titles.DUTIES: _("属地管理事项责任清单：一件事由谁牵头，谁配合，镇街管什么。"),
    Titles.TARGETS: _("本区要达到的数字，比如就地化解率。"),
    Titles.STRENGTH: _("有多少人、多少支队伍；只有数目，没有名单。"),
    Titles.MECHANISMS: _("本区的运行机制、调解方式、层级和流程。"),
    Titles.NOTICES: _("短信和邮件怎么说。没有写的用内置的说法；空着的不发。"),
    Titles.SEATS: _("会商时可以请哪些身份的人，例如法官、首席调解员、援助律师、职能部门。"),
    Titles.PLANS: _("重大事项的处置步骤，一行一步。还不知道步骤的，先写成待填的空位，用通用清单。"),
    Titles.THRESHOLDS: _("督办给几天，哪些算难题。没有写的用内置的数目。"),
    Titles.TIERS: _("一件事从低到高在哪几层办，各由谁牵头、用哪个期限。没有写的用通用的五层。"),
    Titles.GRADING: _("哪些情况定为复杂、重大疑难。没有写的，系统不建议，由人来定。改一次是一个新版本。"),
    Titles.WINDOWS: _("大厅里的窗口，办什么，什么时候开。"),
    Titles.BODIES: _("能承办纠纷的单位。设立、停用、撤销、改名在“机构”里办。"),
    Titles.FORMER_NAMES: _("机构以前叫什么：那时办结的纠纷仍写旧名。"),
    Titles.ACCOUNTS: _("在这里工作的人。新账户、角色、电话不在这里改。"),
    Titles.REGIONS: _("区、镇街、村社、片区、网格，和它们的代码。"),
}
COLUMNS: dict[str, Any] = {
    "key": _("标识"), "name": _("名称"), "short_name": _("简称"), "kind": _("类别"), "region": _("辖区"),
    "parent": _("上级"), "coordinates": _("统筹辖区"), "handles": _("接分派"), "stationing": _("入驻方式"),
    "phone": _("电话"), "address": _("地址"), "is_slot": _("待填的空位"), "is_active": _("在运行"),
    "founded_on": _("第一天"), "ended_on": _("最后一天"), "successors": _("承接机构"), "source": _("出处"),
    "code": _("代码"), "level": _("层级"), "body": _("机构"), "until": _("用到哪天"), "subject": _("办什么"),
    "subjects": _("全部办什么"), "hours": _("开放时间"), "limit_key": _("用哪个期限"), "effective_from": _("从哪天起"),
    "effective_to": _("到哪天止"), "n": _("数目"), "unit": _("单位"), "exclude_start_day": _("当天不算"),
    "roll": _("遇休息日顺延"), "max_extension_days": _("最多延长几天"), "basis": _("依据"), "category": _("类型"),
    "place": _("地方"), "reason": _("建议理由"), "item": _("事项编号"), "lead": _("牵头单位"),
    "cooperating": _("配合单位"), "town_duty": _("镇街管什么"), "username": _("用户名"), "role": _("角色"),
    "home": _("单位"), "station": _("派驻在"), "title": _("职务"), "mediates": _("是调解员"), "rank": _("第几"),
    "difficulty": _("难易程度"), "channel": _("来源"), "people": _("人数"), "amount": _("金额（分）"),
    "fast": _("简案快调"), "words": _("说明"), "or_more": _("不止这些"), "how": _("怎么算达到"), "value": _("数值"),
    "to": _("交给、提醒谁"), "limit": _("哪个期限"), "when": _("什么时候"), "times": _("最多几次"),
    "fact": _("什么情况"), "at_least": _("达到多少"),
    "occasion": _("什么时候说"), "language": _("语言"), "urgent": _("夜里也发"),
}  # fmt: skip
OWN_COLUMNS: dict[tuple[str, str], Any] = {
    (Titles.TIERS, "rank"): _("第几层"), (Titles.TIERS, "lead"): _("谁牵头"), (Titles.TIERS, "difficulty"): _("哪类事至少到这一层"),
    (Titles.GRADING, "fact"): _("什么情况"), (Titles.GRADING, "at_least"): _("达到多少"), (Titles.GRADING, "level"): _("定为"),
    (Titles.LIMITS, "key"): _("哪个期限"), (Titles.ACCOUNTS, "name"): _("姓名"), (Titles.DUTIES, "name"): _("事项"),
    (Titles.RULES, "body"): _("建议交给"), (Titles.RULES, "rank"): _("次序"), (Titles.RULES, "to"): _("交属地哪一级"),
    (Titles.RULES, "item"): _("责任清单第几项"), (Titles.WINDOWS, "body"): _("在哪个大厅"), (Titles.TARGETS, "basis"): _("怎么算"),
    (Titles.WARNINGS, "hours"): _("几小时"), (Titles.WARNINGS, "to"): _("提醒谁"),
    (Titles.NOTICES, "role"): _("对谁说"), (Titles.NOTICES, "subject"): _("邮件标题"), (Titles.NOTICES, "words"): _("怎么说"),
    (Titles.PLANS, "name"): _("预案"), (Titles.PLANS, "words"): _("做什么"), (Titles.THRESHOLDS, "key"): _("哪个数目"),
    (Titles.FORMER_NAMES, "name"): _("曾用名"), (Titles.FORMER_NAMES, "short_name"): _("曾用简称"),
}  # fmt: skip
# What the list shows of a row; the row's own page shows all of it.
LISTED = {
    Titles.LIMITS: ("key", "n", "basis", "effective_from", "effective_to"),
    Titles.WARNINGS: ("limit", "when", "hours", "times", "to"),
    Titles.CATEGORIES: ("name", "code", "limit_key", "effective_from", "effective_to"),
    Titles.RULES: ("category", "place", "difficulty", "body", "to", "reason"),
    Titles.DUTIES: ("name", "item", "category", "place", "lead"),
    Titles.TARGETS: ("name", "how", "value", "basis"),
    Titles.STRENGTH: ("name", "n", "source"),
    Titles.MECHANISMS: ("name", "kind", "rank", "source"),
    Titles.NOTICES: ("occasion", "role", "words", "language"),
    Titles.SEATS: ("name", "rank", "words", "source"),
    Titles.PLANS: ("name", "rank", "words", "basis"),
    Titles.THRESHOLDS: ("key", "n", "basis", "source"),
    Titles.TIERS: ("name", "rank", "lead", "limit_key", "difficulty"),
    Titles.GRADING: ("fact", "at_least", "level", "reason", "source"),
    Titles.WINDOWS: ("name", "kind", "body", "subject"),
    Titles.BODIES: ("name", "kind", "region", "parent"),
    Titles.FORMER_NAMES: ("name", "body", "until"),
    Titles.ACCOUNTS: ("username", "name", "role", "home", "title"),
    Titles.REGIONS: ("name", "code", "level", "parent"),
}


def heading(table: "Table", column: str) -> str:
    """What a column is called."""
    if table.may_add and column.startswith(table.may_add):
        return str(_("对照码 %(scheme)s")) % {"scheme": column.removeprefix(table.may_add)}
    return str(OWN_COLUMNS.get((table.file, column)) or COLUMNS[column])
