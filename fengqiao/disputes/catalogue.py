"""Every limit that the law, the rules of procedure and the districts' own papers name, each with its ground.

Source: handbook 3.2 to 3.6; the words of the statutes were read again for each number. A limit that `runs` is started by an
act of the product. The others can be computed and are there to be chosen, but nothing here pretends to run them. Where
the law is silent on a rest day at the end, it rolls as 民法典 203 has it. What the handbook marks as uncertain says why in
`doubt`; a district settles it by a row of its own (limits.csv).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from fengqiao.kernel.limits import Limit, Unit

from .lifecycle import Words

APPRAISAL = _("鉴定")
HEARING = _("听证")
INTERRUPTED = _("时效中止、中断")

OPEN_ENDED = _("双方同意可以延长，没有写上限")


@dataclass(frozen=True)
class Rule:
    """One limit. `limit` is None where a source says that there is one and gives no number."""

    key: str
    name: Words
    limit: Limit | None
    begins: Words  # what the limit counts from
    pauses: tuple[Words, ...] = ()  # while this lasts it stands still
    extension: Limit | Words | None = None  # by how much it may be extended in all; words where no number is given
    doubt: Words = ""  # why the handbook calls it uncertain
    runs: bool = False
    effective_from: date | None = None  # of the text that was read; None: not before anything that is handled here
    effective_to: date | None = None

    def in_force(self, on: date) -> bool:
        return (self.effective_from or on) <= on <= (self.effective_to or on)


def hours(n: int, basis: Words) -> Limit:
    return Limit(n, Unit.HOUR, exclude_start_day=False, basis=basis)


def days(n: int, basis: Words) -> Limit:
    return Limit(n, Unit.CALENDAR_DAY, roll=True, basis=basis)


def working(n: int, basis: Words) -> Limit:
    return Limit(n, Unit.WORKING_DAY, basis=basis)


def months(n: int, basis: Words) -> Limit:
    return Limit(n, Unit.MONTH, roll=True, basis=basis)


def years(n: int, basis: Words) -> Limit:
    return Limit(n, Unit.YEAR, roll=True, basis=basis)


CPL, XF, OM = date(2024, 1, 1), date(2022, 5, 1), date(2022, 1, 1)
LOCAL = _("本地规则，可调整")
APPROVED_DAYS = _("经批准可以延长，没有写上限")

# ── the ladder of five: no source says how long a tier has, so every number is a proposal ─────────────────────────────

PROPOSED = _("平台建议值：来源没有写每一层多久，由区县定")
ENTERS = _("进入这一层")
TIERS = (
    Rule("tier.spot", _("第一层：窗口即接即调"), working(1, PROPOSED), ENTERS, (APPRAISAL,), runs=True, doubt=PROPOSED),
    Rule("tier.department", _("第二层：部门内调"), months(1, PROPOSED), ENTERS, (APPRAISAL,), runs=True, doubt=PROPOSED),
    Rule("tier.joint", _("第三层：系统联调"), days(20, PROPOSED), ENTERS, (APPRAISAL,), runs=True, doubt=PROPOSED),
    Rule("tier.centre", _("第四层：中心协调"), days(20, PROPOSED), ENTERS, (APPRAISAL,), runs=True, doubt=PROPOSED),
    Rule("tier.leader", _("第五层：领导督调"), days(30, PROPOSED), ENTERS, (APPRAISAL,), runs=True, doubt=PROPOSED),
)  # fmt: skip
TIER = "tier."  # the keys of the clocks of the tiers begin so

# ── what the product runs ─────────────────────────────────────────────────────────────────────────────────────────

RUNNING = (
    Rule("respond", _("响应、分流"), hours(48, _("平台规则：承办单位四十八小时内响应或者分流")), _("交来"), runs=True,
         doubt=_("按钟点数还是按工作时间数，来源没有写；按钟点数")),
    Rule("assign", _("指定调解员"), working(3, _("本地规则：受理后三个工作日内指定调解员（可调整）")), _("受理"), runs=True, doubt=LOCAL),
    Rule("mediate", _("调解"), months(1, _("人民调解工作若干规定 33：一般在一个月内调解结束")), _("受理"), (APPRAISAL,), OPEN_ENDED, runs=True),
    Rule("mediate.labour", _("调解（劳动争议）"), days(15, _("劳动争议调解仲裁法 14：十五日内")), _("收到申请"), (APPRAISAL,), OPEN_ENDED, runs=True),
    Rule("mediate.medical", _("调解（医疗纠纷）"), working(30, _("医疗纠纷预防和处理条例 38：三十个工作日内")), _("受理"), (APPRAISAL,), OPEN_ENDED, runs=True),
    Rule("breach", _("不履行时的督促"), working(5, _("本地规则：五个工作日内查明原因并督促（可调整）")), _("认定未履行"), runs=True, doubt=LOCAL),
    Rule("confirm", _("司法确认的审查"), days(30, _("民事诉讼法 187：三十日内审结")), _("法院立案"), extension=APPROVED_DAYS, runs=True,
         doubt=_("法释〔2011〕5号写十五日，民事诉讼法写三十日：十五日作目标，三十日作期限")),
    Rule("confirmation_window", _("申请司法确认"), days(30, _("人民调解法 33、民事诉讼法 205：协议生效之日起三十日内")), _("协议生效"), runs=True),
    Rule("close", _("办结"), working(5, _("本地规则：五个工作日内办结（可调整）")), _("有了结果"), runs=True, doubt=LOCAL),
    *TIERS,
    Rule("follow_up", _("回访归档"), days(30, _("本地规则：办结后三十日内回访归档（可调整）")), _("办结"), runs=True, doubt=LOCAL),
)  # fmt: skip

# ── mediation of other kinds: a category that names one of these runs it in place of the month ────────────────────

MEDIATION = (
    Rule("mediate.platform", _("平台上调解"), days(30, _("平台规则：收到平台通知后三十日内调解")), _("平台通知"), extension=OPEN_ENDED),
    Rule("mediate.pre_filing", _("委派调解"), days(30, _("特邀调解规定 27：委派调解三十日")), _("签收法院材料"), extension=OPEN_ENDED),
    Rule("mediate.post_filing", _("委托调解（普通程序）"), days(15, _("特邀调解规定 27：委托调解、普通程序十五日")), _("签收法院材料"), extension=OPEN_ENDED),
    Rule("mediate.post_filing_summary", _("委托调解（简易程序）"), days(7, _("特邀调解规定 27：委托调解、简易程序七日")), _("签收法院材料"), extension=OPEN_ENDED),
    Rule("mediate.online", _("在线调解（立案前）"), days(30, _("人民法院在线调解规则 24、26：立案前三十日，鉴定评估不计入")), _("在平台确认接受"),
         (APPRAISAL,), OPEN_ENDED, effective_from=OM),
    Rule("mediate.online_post_filing", _("在线调解（立案后、普通程序）"), days(15, _("人民法院在线调解规则 24：普通程序十五日")), _("在平台确认接受"),
         extension=OPEN_ENDED, effective_from=OM),
    Rule("mediate.online_post_filing_summary", _("在线调解（立案后、简易程序）"), days(7, _("人民法院在线调解规则 24：简易程序七日")), _("在平台确认接受"),
         extension=OPEN_ENDED, effective_from=OM),
    Rule("mediate.traffic", _("交警调解"), days(10, _("道路交通事故处理程序规定 90：调解开始之日起十日")), _("调解开始")),
)  # fmt: skip

# ── round about mediation and confirmation ────────────────────────────────────────────────────────────────────────

AROUND = (
    Rule("online.choose", _("共同选择在线调解员"), working(2, _("人民法院在线调解规则 10：两个工作日内共同选择")), _("同意在线调解"), effective_from=OM),
    Rule("online.assign", _("法院指定在线调解员"), working(3, _("人民法院在线调解规则 10：三个工作日内指定")), _("收到在线调解申请"), effective_from=OM),
    Rule("online.accept", _("确认接受在线调解"), working(3, _("人民法院在线调解规则 12：三个工作日内确认")), _("收到委派委托或者申请"), effective_from=OM),
    Rule("traffic.apply", _("申请交警调解"), days(10, _("道路交通事故处理程序规定 85、86：收到认定书之日起十日内共同申请")), _("收到事故认定书")),
    Rule("traffic.apply_after", _("人民调解不成后申请交警调解"), days(3, _("道路交通事故处理程序规定 86：三日内")), _("人民调解不成")),
    Rule("police.second", _("治安调解的第二次"), working(7, _("公安机关办理行政案件程序规定 183：七个工作日内再调解一次")), _("第一次调解不成")),
    Rule("confirm.accept", _("法院决定是否受理司法确认"), days(3, _("法释〔2011〕5号 4：三日内决定是否受理")), _("法院收到申请")),
    Rule("confirm.target", _("司法确认的目标"), days(15, _("法释〔2011〕5号 5：十五日内决定")), _("法院受理"),
         extension=days(10, _("法释〔2011〕5号 5：经本院院长批准可以延长十日")), doubt=_("民事诉讼法 187 写三十日：十五日只作目标")),
    Rule("confirm.object", _("当事人对确认裁定提异议"), days(15, _("民诉法解释 372：十五日内")), _("收到裁定")),
    Rule("confirm.object_third", _("利害关系人对确认裁定提异议"), months(6, _("民诉法解释 372：六个月内")), _("知道权益受侵害"),
         doubt=_("法释〔2011〕5号 10 给案外人一年：按短的提醒")),
    Rule("confirm.revoke_third", _("案外人申请撤销确认"), years(1, _("法释〔2011〕5号 10：一年内")), _("知道权益受侵害"),
         doubt=_("民诉法解释 372 写六个月：按短的提醒")),
    Rule("enforce", _("申请强制执行"), years(2, _("民事诉讼法 250：二年；过了法院仍受理，债务人可以提时效抗辩（民诉法解释 481）")), _("履行期间的最后一日"),
         (INTERRUPTED,), effective_from=CPL),
    Rule("payment_order.issue", _("法院发支付令"), days(15, _("民事诉讼法 227：受理之日起十五日内")), _("法院受理"), effective_from=CPL),
    Rule("payment_order.object", _("对支付令提异议"), days(15, _("民事诉讼法 227：收到之日起十五日内")), _("收到支付令"), effective_from=CPL),
)  # fmt: skip

# ── petitions ─────────────────────────────────────────────────────────────────────────────────────────────────────

PETITION = (
    Rule("petition.transfer", _("信访部门登记、转送交办"), days(15, _("信访工作条例 22：十五日内")), _("收到信访事项"), effective_from=XF),
    Rule("petition.tell", _("书面告知信访人"), days(15, _("信访工作条例 23：十五日内；能当场告知的当场")), _("收到信访事项"), effective_from=XF),
    Rule("petition.disagree", _("对转送提出异议"), working(5, _("信访工作条例 23：五个工作日内，说明理由")), _("收到转送"), effective_from=XF),
    Rule("petition.handle", _("办结信访事项"), days(60, _("信访工作条例 34：六十日内")), _("受理"),
         extension=days(30, _("信访工作条例 34：经负责人批准，不超过三十日，告知信访人")), effective_from=XF),
    Rule("petition.ask_review", _("请求复查"), days(30, _("信访工作条例 35：三十日内")), _("收到书面答复"), effective_from=XF),
    Rule("petition.review", _("复查"), days(30, _("信访工作条例 35：三十日内")), _("收到复查请求"), effective_from=XF),
    Rule("petition.ask_recheck", _("请求复核"), days(30, _("信访工作条例 36：三十日内")), _("收到复查意见"), effective_from=XF),
    Rule("petition.recheck", _("复核"), days(30, _("信访工作条例 36：三十日内，听证时间不计入")), _("收到复核请求"), (HEARING,), effective_from=XF),
)  # fmt: skip

# ── where a matter is handed over to ──────────────────────────────────────────────────────────────────────────────

OR_WORKING = _("劳动仲裁里的五日、十日是日历日还是工作日，待核")

ELSEWHERE = (
    Rule("labour.claim", _("申请劳动仲裁"), years(1, _("劳动争议调解仲裁法 27：一年；在职期间欠薪不受限，离职后一年")), _("知道权利受侵害"), (INTERRUPTED,)),
    Rule("labour.accept", _("劳动仲裁受理"), days(5, _("劳动争议调解仲裁法 29：五日内")), _("收到仲裁申请"), doubt=OR_WORKING),
    Rule("labour.serve", _("送达仲裁申请书"), days(5, _("劳动争议调解仲裁法 30：五日内")), _("仲裁受理"), doubt=OR_WORKING),
    Rule("labour.defend", _("仲裁答辩"), days(10, _("劳动争议调解仲裁法 30：十日内")), _("收到申请书副本"), doubt=OR_WORKING),
    Rule("labour.award", _("劳动仲裁裁决"), days(45, _("劳动争议调解仲裁法 43：四十五日内")), _("仲裁受理"),
         extension=days(15, _("劳动争议调解仲裁法 43：经批准，不超过十五日"))),
    Rule("labour.sue", _("对裁决起诉"), days(15, _("劳动争议调解仲裁法 48、50：十五日内")), _("收到裁决书")),
    Rule("reconsider.apply", _("申请行政复议"), days(60, _("行政复议法 20：六十日内")), _("知道行政行为"), effective_from=CPL),
    Rule("reconsider.longest", _("申请行政复议（未被告知）"), years(1, _("行政复议法 20：最长不超过一年")), _("知道行政行为"), effective_from=CPL),
    Rule("reconsider.examine", _("行政复议审查"), working(5, _("行政复议法 30、88：五日内（工作日）；没有决定视为受理")), _("收到复议申请"), effective_from=CPL),
    Rule("reconsider.ask_supplement", _("通知补正"), working(5, _("行政复议法 31、88：五日内（工作日）")), _("收到复议申请"), effective_from=CPL),
    Rule("reconsider.supplement", _("补正材料"), working(10, _("行政复议法 31、88：十日内（工作日）")), _("收到补正通知"),
         extension=_("有正当理由可以延长，没有写上限"), effective_from=CPL),
    Rule("reconsider.decide", _("行政复议决定"), days(60, _("行政复议法 62：六十日内")), _("复议受理"),
         extension=days(30, _("行政复议法 62：经批准，不超过三十日")), effective_from=CPL),
    Rule("reconsider.summary", _("行政复议决定（简易程序）"), days(30, _("行政复议法 62：三十日内")), _("复议受理"), effective_from=CPL),
    Rule("land.claim", _("申请农村土地仲裁"), years(2, _("农村土地承包经营纠纷调解仲裁法 18：二年")), _("知道权利受侵害"), (INTERRUPTED,)),
    Rule("land.accept", _("农村土地仲裁受理"), working(5, _("农村土地承包经营纠纷调解仲裁法 23：五个工作日内")), _("收到仲裁申请")),
    Rule("land.award", _("农村土地仲裁裁决"), days(60, _("农村土地承包经营纠纷调解仲裁法 47：六十日内")), _("仲裁受理"),
         extension=days(30, _("农村土地承包经营纠纷调解仲裁法 47：经批准，不超过三十日"))),
    Rule("land.sue", _("对农村土地裁决起诉"), days(30, _("农村土地承包经营纠纷调解仲裁法 48：三十日内")), _("收到裁决书")),
    Rule("court.file", _("法院立案"), days(7, _("民事诉讼法 126：七日内")), _("起诉"), effective_from=CPL),
    Rule("court.ordinary", _("审结（普通程序）"), months(6, _("民事诉讼法 152：六个月内")), _("立案"),
         extension=months(6, _("民事诉讼法 152：经本院院长批准六个月，再延长报上级法院")), effective_from=CPL),
    Rule("court.summary", _("审结（简易程序）"), months(3, _("民事诉讼法 164：三个月内")), _("立案"),
         extension=months(1, _("民事诉讼法 164：经本院院长批准一个月")), effective_from=CPL),
    Rule("court.small", _("审结（小额诉讼）"), months(2, _("民事诉讼法 168：两个月内")), _("立案"),
         extension=months(1, _("民事诉讼法 168：经本院院长批准一个月")), effective_from=CPL),
)  # fmt: skip

# ── the districts' own papers ─────────────────────────────────────────────────────────────────────────────────────

SEEDS = (
    Rule("joint.task", _("联动任务"), working(5, _("平台建议值：来源没有写，由区县定")), _("呼叫"),
         doubt=_("来源没有写，由区县定；发起呼叫的人也可以另定日子")),
    Rule("window.feedback", _("窗口反馈"), None, _("来访登记"), doubt=_("来源说“规定时间内”，没有写多久：由区县填")),
    Rule("issue.clear", _("问题日清零"), Limit(1, Unit.CALENDAR_DAY, exclude_start_day=False, basis=_("平台规则：问题日清零")), _("问题登记"),
         doubt=_("来源没有写怎么数：按当天数")),
    Rule("issue.analyse", _("难题月研判"), Limit(1, Unit.MONTH, basis=_("平台规则：难题月研判")), _("列为难题"), doubt=_("来源没有写怎么数：按一个月数")),
)  # fmt: skip

SECTIONS: tuple[tuple[Words, tuple[Rule, ...]], ...] = (
    (_("系统里在走的"), RUNNING),
    (_("别的调解：类型指定了才走"), MEDIATION),
    (_("调解和确认前后"), AROUND),
    (_("信访"), PETITION),
    (_("移送以后"), ELSEWHERE),
    (_("各区的平台规则"), SEEDS),
)
CATALOGUE: dict[str, Rule] = {rule.key: rule for _title, rules in SECTIONS for rule in rules}


def names() -> Iterator[tuple[str, Words]]:
    """Each key with what the limit is called."""
    return ((key, rule.name) for key, rule in CATALOGUE.items())
