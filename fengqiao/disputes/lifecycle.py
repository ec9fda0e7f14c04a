"""The life of a dispute, whole, in two tables: STAGES says whose turn it is and how long they have; STEPS says what may
come next, by whom, and on what ground. Nothing else decides that."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise  # a translation, looked up when it is shown


class State(TextChoices):
    REGISTERED = "registered", _("待分流")
    ROUTED = "routed", _("待受理")
    ACCEPTED = "accepted", _("已受理")
    MEDIATING = "mediating", _("调解中")
    SUSPENDED = "suspended", _("中止（鉴定）")
    SIGNING = "signing", _("等签名")
    AGREED_ORAL = "agreed_oral", _("口头协议已达成")
    AGREED_WRITTEN = "agreed_written", _("书面协议已生效")
    PERFORMING = "performing", _("履行中")
    BREACHED = "breached", _("未按约履行")
    CONFIRMING = "confirming", _("司法确认中")
    CONFIRMED = "confirmed", _("已司法确认")
    ENFORCING = "enforcing", _("强制执行中")
    PERFORMED = "performed", _("已履行")
    REJECTED = "rejected", _("不予受理")
    FAILED = "failed", _("调解不成")
    WITHDRAWN = "withdrawn", _("已撤回")
    HANDED_OVER = "handed_over", _("已移送")
    FOLLOW_UP = "follow_up", _("待回访归档")
    ARCHIVED = "archived", _("已归档")
    MERGED = "merged", _("已并案")


class Act(TextChoices):
    GRADE = "grade", _("分级分类")
    DISPATCH = "dispatch", _("分派")
    ACCEPT = "accept", _("受理")
    RETURN = "return", _("退回")
    REJECT = "reject", _("不予受理")
    ESCALATE = "escalate", _("上报")
    REFER_DOWN = "refer_down", _("下派")
    TRANSFER = "transfer", _("转办")
    CALL_IN = "call_in", _("呼叫协办")
    RAISE_TIER = "raise_tier", _("升层调处")
    LOWER_TIER = "lower_tier", _("降层调处")
    LEAD = "lead", _("接过牵头")
    MERGE = "merge", _("并案")
    CONSENT = "consent", _("表明是否愿意调解")
    ASSIGN = "assign", _("指定调解员")
    INFORM = "inform", _("告知权利义务")
    RECORD = "record", _("安排和记录调解")
    SUSPEND = "suspend", _("中止（等鉴定）")
    RESUME = "resume", _("恢复调解")
    EXTEND = "extend", _("延期")
    CIRCULATE = "circulate", _("发出协议待签")
    REVISE = "revise", _("收回协议再改")
    SIGN = "sign", _("签名")
    REFUSE = "refuse", _("拒绝签名")
    CONCLUDE = "conclude", _("协议生效")
    AGREE_ORALLY = "agree_orally", _("登记口头协议")
    FAIL = "fail", _("终止调解")
    WITHDRAW = "withdraw", _("撤回")
    BEGIN = "begin", _("开始履行")
    PERFORM = "perform", _("记录履行")
    FULFIL = "fulfil", _("确认履行完毕")
    BREACH = "breach", _("认定未履行")
    MAKE_GOOD = "make_good", _("恢复履行")
    APPLY_CONFIRMATION = "apply_confirmation", _("申请司法确认")
    CONFIRM = "confirm", _("法院裁定确认")
    DISMISS = "dismiss", _("法院驳回确认申请")
    APPLY_ENFORCEMENT = "apply_enforcement", _("申请强制执行")
    HAND_OVER = "hand_over", _("移送仲裁、诉讼或其他部门")
    CLOSE = "close", _("办结")
    CALL_BACK = "call_back", _("回访")
    CONTEST = "contest", _("提出异议")
    REOPEN = "reopen", _("重新办理")
    ARCHIVE = "archive", _("归档")
    REMIND = "remind", _("催办")
    ORDER = "order", _("督办")
    OWN = "own", _("领导包案")
    CONVENE = "convene", _("召集会商")
    ALARM = "alarm", _("报告重大事项")
    RESTRICT = "restrict", _("设定知悉范围")
    UNRESTRICT = "unrestrict", _("解除限知")


class Hat(TextChoices):
    """What somebody is to one dispute. Powers come from hats, never from job titles."""

    PARTY = "party", _("当事人")
    MEDIATOR = "mediator", _("调解员")
    HANDLER = "handler", _("承办单位")
    SUPERIOR = "superior", _("上级单位")
    ASSISTING = "assisting", _("协办单位")
    LEADER = "leader", _("领导")
    CONSULTED = "consulted", _("会商成员")
    SYSTEM = "system", _("系统")


class Way(TextChoices):
    """The six steps of the way as a resident sees them."""

    RECEIVED = "1", _("收到了")
    TAKEN = "2", _("有人接了")
    TALKING = "3", _("一起谈")
    SIGNING = "4", _("签协议")
    DOING = "5", _("照协议做")
    ASKED = "6", _("打电话问您满不满意")


@dataclass(frozen=True)
class Stage:
    turn: Hat | None  # whose move it is; None: nobody's
    limit: str | None  # the key of the limit that runs here; two stages with one key share one clock
    todo: Words  # what the one whose turn it is should do
    plain: Words  # the same for residents
    way: Way


@dataclass(frozen=True)
class Step:
    act: Act
    sources: frozenset[State]
    target: State | None  # None: stays where it is
    who: frozenset[Hat]
    ground: Words  # the legal or platform ground


S, A, H, W = State, Act, Hat, Way

STAGES: dict[State, Stage] = {
    S.REGISTERED: Stage(
        H.HANDLER, "respond", _("定下由谁办：自己受理，或者分派出去。"), _("我们正在看该由谁来办。"), W.RECEIVED
    ),
    S.ROUTED: Stage(
        H.HANDLER, "respond", _("决定受理，或者写明理由退回。"), _("已经交给承办单位，等他们接下来。"), W.RECEIVED
    ),
    S.ACCEPTED: Stage(H.HANDLER, "assign", _("指定调解员。"), _("有单位接了，正在安排调解员。"), W.TAKEN),
    S.MEDIATING: Stage(
        H.MEDIATOR, "mediate", _("约双方谈，谈成写协议，谈不成告知其他途径。"), _("调解员会约双方一起谈。"), W.TALKING
    ),
    S.SUSPENDED: Stage(
        H.MEDIATOR, "mediate", _("等鉴定结果，拿到后恢复调解。"), _("在等鉴定结果，这段时间不计入期限。"), W.TALKING
    ),
    S.SIGNING: Stage(H.PARTY, "mediate", _("看协议，同意就签名。"), _("协议写好了，等双方看完签名。"), W.SIGNING),
    S.AGREED_ORAL: Stage(H.PARTY, "perform", _("按口头协议履行。"), _("已经说好了，请照说好的做。"), W.DOING),
    S.AGREED_WRITTEN: Stage(
        H.PARTY, "perform", _("按协议履行；三十日内可以共同申请司法确认。"), _("协议已经生效，请照协议做。"), W.DOING
    ),
    S.PERFORMING: Stage(H.PARTY, "perform", _("按期履行其余各项，留下凭证。"), _("正在照协议做，还没做完。"), W.DOING),
    S.BREACHED: Stage(
        H.HANDLER,
        "breach",
        _("查明原因，督促履行，告知可以申请执行或者起诉。"),
        _("有一项到期没做，我们在催。"),
        W.DOING,
    ),
    S.CONFIRMING: Stage(None, "confirm", _("等法院审查。"), _("法院正在审查协议。"), W.DOING),
    S.CONFIRMED: Stage(H.PARTY, "perform", _("按裁定履行。"), _("法院已经确认，请照协议做。"), W.DOING),
    S.ENFORCING: Stage(None, None, _("等法院执行。"), _("法院正在执行。"), W.DOING),
    S.PERFORMED: Stage(H.HANDLER, "close", _("核对凭证，办结。"), _("协议都做完了，正在办结。"), W.DOING),
    S.REJECTED: Stage(
        H.HANDLER,
        "close",
        _("书面告知理由和其他途径，办结。"),
        _("这件事不能由人民调解来办，我们会告诉您去哪里。"),
        W.RECEIVED,
    ),
    S.FAILED: Stage(
        H.HANDLER,
        "close",
        _("发终止调解通知书，告知其他途径，办结。"),
        _("没有谈成。您还可以仲裁或者起诉，我们会给您书面通知。"),
        W.TALKING,
    ),
    S.WITHDRAWN: Stage(H.HANDLER, "close", _("核实撤回意愿，办结。"), _("您撤回了，正在办结。"), W.TALKING),
    S.HANDED_OVER: Stage(
        H.HANDLER, "close", _("确认对方已收到材料，办结。"), _("已经移送，接下来由接收的部门办。"), W.TALKING
    ),
    S.FOLLOW_UP: Stage(
        H.HANDLER,
        "follow_up",
        _("回访，听满意不满意，然后归档。"),
        _("我们会打电话问您满不满意。不满意可以提出来。"),
        W.ASKED,
    ),
    S.ARCHIVED: Stage(None, None, _("已归档，不轮到谁。"), _("这件事已经办完归档。还有问题可以提出来。"), W.ASKED),
    S.MERGED: Stage(None, None, _("已并入另一件，不轮到谁。"), _("这件事和另一件合在一起办了。"), W.RECEIVED),
}

BEFORE_ACCEPTANCE = {S.REGISTERED, S.ROUTED}
WITH_A_BODY = {*BEFORE_ACCEPTANCE, S.ACCEPTED, S.MEDIATING}
UNDER_MEDIATION = {S.ACCEPTED, S.MEDIATING, S.SUSPENDED, S.SIGNING}
IN_FORCE = {S.AGREED_ORAL, S.AGREED_WRITTEN, S.PERFORMING, S.CONFIRMED}
ENDED = {S.PERFORMED, S.REJECTED, S.FAILED, S.WITHDRAWN, S.HANDED_OVER}
OPEN = {*WITH_A_BODY, *UNDER_MEDIATION}
CLOSED = {S.ARCHIVED, S.MERGED}
OFFICE = {H.HANDLER, H.SUPERIOR}

STEPS: tuple[Step, ...] = tuple(
    Step(act, frozenset(sources), target, frozenset(who), ground)
    for act, sources, target, who, ground in (
        # act               from                                   to                who may, ground
        (A.GRADE,           WITH_A_BODY,                           None,             OFFICE, _("平台规则：分级分类")),
        (A.DISPATCH,        BEFORE_ACCEPTANCE,                     S.ROUTED,         OFFICE, _("引导分流；首接负责制")),
        (A.ACCEPT,          BEFORE_ACCEPTANCE,                     S.ACCEPTED,       {H.HANDLER}, _("人民调解法 17")),
        (A.RETURN,          {S.ROUTED},                            S.REGISTERED,     {H.HANDLER}, _("平台规则：四十八小时内响应或者分流")),
        (A.REJECT,          BEFORE_ACCEPTANCE,                     S.REJECTED,       {H.HANDLER}, _("人民调解工作若干规定 22；人民调解法 17")),
        (A.ESCALATE,        WITH_A_BODY,                           S.ROUTED,         {H.HANDLER, H.MEDIATOR}, _("五级调处")),
        (A.REFER_DOWN,      {*BEFORE_ACCEPTANCE, S.ACCEPTED},      S.ROUTED,         OFFICE, _("五级调处；属地管理")),
        (A.TRANSFER,        {S.ACCEPTED, S.MEDIATING},             S.ROUTED,         OFFICE, _("人民调解法 26；平台规则：转办")),
        (A.CALL_IN,         OPEN,                                  None,             {H.HANDLER, H.MEDIATOR, H.SUPERIOR}, _("呼、分、联、销；人民调解法 20")),
        (A.RAISE_TIER,      OPEN - {S.SUSPENDED},                  None,             {H.HANDLER, H.MEDIATOR, H.SUPERIOR, H.LEADER}, _("五级调处")),
        (A.LOWER_TIER,      OPEN - {S.SUSPENDED},                  None,             {H.HANDLER, H.SUPERIOR, H.LEADER}, _("五级调处")),
        (A.LEAD,            OPEN,                                  None,             {H.HANDLER, H.SUPERIOR, H.LEADER}, _("五级调处；首接负责制")),
        (A.MERGE,           {*BEFORE_ACCEPTANCE, S.ACCEPTED},      S.MERGED,         OFFICE, _("平台规则：一事一编码")),
        (A.CONSENT,         OPEN,                                  None,             {H.PARTY, H.HANDLER, H.MEDIATOR}, _("人民调解法 3、17、23")),
        (A.ASSIGN,          {S.ACCEPTED, S.MEDIATING},             S.MEDIATING,      {H.HANDLER}, _("人民调解法 19")),
        (A.INFORM,          {S.MEDIATING},                         None,             {H.MEDIATOR}, _("人民调解工作若干规定 30；人民调解法 23、24")),
        (A.RECORD,          {S.MEDIATING},                         None,             {H.MEDIATOR}, _("人民调解法 27")),
        (A.SUSPEND,         {S.MEDIATING},                         S.SUSPENDED,      {H.MEDIATOR, H.HANDLER}, _("医疗纠纷预防和处理条例 34、38；人民法院在线调解规则 24")),
        (A.RESUME,          {S.SUSPENDED},                         S.MEDIATING,      {H.MEDIATOR, H.HANDLER}, _("鉴定期间不计入调解期限")),
        (A.EXTEND,          {S.MEDIATING, S.SIGNING},              None,             {H.MEDIATOR, H.HANDLER}, _("人民调解工作若干规定 33；双方同意")),
        (A.CIRCULATE,       {S.MEDIATING},                         S.SIGNING,        {H.MEDIATOR}, _("人民调解法 28、29")),
        (A.REVISE,          {S.SIGNING},                           S.MEDIATING,      {H.MEDIATOR}, _("人民调解法 22")),
        (A.SIGN,            {S.SIGNING},                           None,             {H.PARTY, H.MEDIATOR}, _("人民调解法 29")),
        (A.REFUSE,          {S.SIGNING},                           S.MEDIATING,      {H.PARTY}, _("人民调解法 23；人民法院在线调解规则 25")),
        (A.CONCLUDE,        {S.SIGNING},                           S.AGREED_WRITTEN, {H.SYSTEM}, _("人民调解法 29")),
        (A.AGREE_ORALLY,    {S.MEDIATING},                         S.AGREED_ORAL,    {H.MEDIATOR}, _("人民调解法 28、30")),
        (A.FAIL,            {S.ACCEPTED, S.MEDIATING, S.SIGNING},  S.FAILED,         {H.MEDIATOR, H.HANDLER}, _("人民调解法 26")),
        (A.WITHDRAW,        {*OPEN},                               S.WITHDRAWN,      {H.PARTY}, _("人民调解法 23")),
        (A.BEGIN,           {S.AGREED_ORAL, S.AGREED_WRITTEN, S.CONFIRMED}, S.PERFORMING, {H.SYSTEM}, _("人民调解法 31")),
        (A.PERFORM,         {*IN_FORCE, S.CONFIRMING, S.BREACHED, S.ENFORCING},  None,             {H.PARTY, H.MEDIATOR, H.HANDLER}, _("人民调解法 31")),
        (A.FULFIL,          {*IN_FORCE, S.CONFIRMING, S.BREACHED, S.ENFORCING},  S.PERFORMED,      {H.SYSTEM, H.MEDIATOR, H.HANDLER}, _("人民调解法 31；人民调解工作若干规定 36")),
        (A.BREACH,          IN_FORCE,                              S.BREACHED,       {H.HANDLER, H.MEDIATOR}, _("人民调解法 31、32")),
        (A.MAKE_GOOD,       {S.BREACHED},                          S.PERFORMING,     {H.HANDLER, H.MEDIATOR}, _("人民调解法 31")),
        (A.APPLY_CONFIRMATION, {S.AGREED_ORAL, S.AGREED_WRITTEN, S.PERFORMING}, S.CONFIRMING, {H.PARTY, H.MEDIATOR, H.HANDLER}, _("人民调解法 33；民事诉讼法 205")),
        (A.CONFIRM,         {S.CONFIRMING},                        S.CONFIRMED,      {H.HANDLER, H.MEDIATOR}, _("民事诉讼法 206")),
        (A.DISMISS,         {S.CONFIRMING},                        S.PERFORMING,     {H.HANDLER, H.MEDIATOR}, _("民事诉讼法 206；民诉法解释 358")),
        (A.APPLY_ENFORCEMENT, {S.CONFIRMED, S.BREACHED},           S.ENFORCING,      {H.PARTY, H.HANDLER}, _("民事诉讼法 206、250")),
        (A.HAND_OVER,       {*WITH_A_BODY, S.FAILED, S.REJECTED},  S.HANDED_OVER,    {H.HANDLER}, _("人民调解法 26；平台规则：移送")),
        (A.CLOSE,           ENDED,                                 S.FOLLOW_UP,      {H.HANDLER}, _("办理反馈")),
        (A.CALL_BACK,       {S.FOLLOW_UP},                         None,             {H.HANDLER, H.MEDIATOR, H.SUPERIOR, H.PARTY}, _("人民调解法 31；回访")),
        (A.CONTEST,         {S.FOLLOW_UP, S.ARCHIVED},             None,             {H.PARTY}, _("人民调解法 32；评价")),
        (A.REOPEN,          {S.FOLLOW_UP, S.ARCHIVED},             S.ACCEPTED,       OFFICE, _("平台规则：重新办理")),
        (A.ARCHIVE,         {S.FOLLOW_UP},                         S.ARCHIVED,       {H.HANDLER}, _("人民调解法 27；档案法 37")),
        (A.REMIND,          set(S) - CLOSED,                       None,             {H.HANDLER, H.SUPERIOR, H.LEADER}, _("督查督办")),
        (A.ORDER,           set(S) - CLOSED,                       None,             {H.SUPERIOR, H.LEADER}, _("督查督办；区领导交办督调")),
        (A.OWN,             set(S) - CLOSED,                       None,             {H.SUPERIOR, H.LEADER}, _("重大疑难：区领导包案督办")),
        (A.CONVENE,         set(S) - CLOSED,                       None,             {H.HANDLER, H.SUPERIOR, H.LEADER}, _("人民调解法 20；会商研判")),
        (A.ALARM,           set(S) - CLOSED,                       None,             {H.MEDIATOR, H.HANDLER, H.SUPERIOR}, _("人民调解法 25；重大事项报告")),
        (A.RESTRICT,        set(S) - {S.MERGED},                   None,             {H.HANDLER, H.MEDIATOR}, _("未成年人保护法 4；反家庭暴力法 5；个人信息保护法 51")),
        (A.UNRESTRICT,      set(S) - {S.MERGED},                   None,             {H.HANDLER}, _("个人信息保护法 51")),
    )
)  # fmt: skip

_INDEX = {(step.act, source): step for step in STEPS for source in step.sources}


def step(act: Act, state: State) -> Step | None:
    """The step that this act is in this state, or None where it cannot be taken."""
    return _INDEX.get((act, state))


def mermaid() -> str:
    """The diagram of docs/lifecycle.md, drawn from the tables."""
    arrows = (
        f"    {source.value} --> {row.target.value}: {row.act.value}"
        for row in STEPS
        if row.target
        for source in sorted(row.sources)
        if row.target != source
    )
    return "\n".join(["stateDiagram-v2", f"    [*] --> {State.REGISTERED.value}", *arrows])
