"""The limits and what comes next, in words for a twelve-year-old."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Clock, Dispute
from fengqiao.routing.models import HandOver
from fengqiao.web.moments import day, moment, weekday

# Key of the limit: what the card is called, and the rule in one sentence. {length} and {start} are filled in.
RULES: dict[str, tuple[Promise, Promise]] = {
    "respond": (_("最晚什么时候有回音"), _("收到以后%(length)s内，要定下来由谁办。从%(start)s算起。")),
    "assign": (_("最晚什么时候定下调解员"), _("有人接了以后%(length)s内，要定下调解员。从%(start)s算起。")),
    "mediate": (
        _("最晚什么时候有结果"),
        _("按规定，调解一般%(length)s内要有结果，从%(start)s算起。双方都同意，可以再谈一段时间。"),
    ),
    "perform": (_("最近一项什么时候到期"), _("这是协议里双方说好的日子。")),
    "breach": (_("最晚什么时候有说法"), _("有一项到期没做。我们%(length)s内要弄清原因、催他做，从%(start)s算起。")),
    "confirm": (_("法院最晚什么时候有结果"), _("法院一般%(length)s内作出决定，从%(start)s算起。")),
    "close": (_("最晚什么时候办完"), _("这一步%(length)s内要办完手续，从%(start)s算起。")),
    "follow_up": (_("最晚什么时候问您"), _("办完以后%(length)s内，我们要问您满不满意，从%(start)s算起。")),
}

IN_FORCE = _(
    "协议里的事一项一项做，做了就在这里记一笔，对方核对。协议生效 30 天内，双方可以一起请法院确认，不收钱；"
    "确认以后，对方不照做，您可以请法院强制执行。"
)
AFTER_ENDING = _("手续办完以后，我们会打电话问您满不满意。不满意可以提出来。")

# What comes next, for whoever asks: a title and a paragraph.
NEXT: dict[State, tuple[Promise, Promise]] = {
    State.REGISTERED: (_("接下来"), _("定下由哪个单位办，他们会打电话给您。电话请保持能打通。")),
    State.ROUTED: (_("接下来"), _("承办的单位接下来以后，会安排一位调解员，打电话约您。")),
    State.ACCEPTED: (_("接下来"), _("调解员会先问双方愿不愿意谈，再约时间。谈不谈，由您自己定。")),
    State.MEDIATING: (
        _("谈完以后"),
        _("谈成了，写成协议，您看过、同意了再签名。谈不成，会书面告诉您，您还可以去法院，或者走别的路。"),
    ),
    State.SUSPENDED: (_("接下来"), _("鉴定结果拿到以后，接着谈。等鉴定的日子不算在期限里。")),
    State.SIGNING: (
        _("签完以后"),
        _(
            "双方和调解员都签了，盖上章，协议就生效。30 天内，双方可以一起请法院确认，不收钱。"
            "确认后，对方不照做，您可以请法院强制执行。"
        ),
    ),
    State.AGREED_ORAL: (_("接下来"), IN_FORCE),
    State.AGREED_WRITTEN: (_("接下来"), IN_FORCE),
    State.PERFORMING: (_("接下来"), _("剩下的照协议做完。每做一项，在这里记一笔，留好凭证。")),
    State.BREACHED: (
        _("接下来"),
        _("我们会催。还是不做，可以拿协议去法院起诉；法院确认过的协议，可以请法院强制执行。"),
    ),
    State.CONFIRMING: (_("接下来"), _("法院确认以后，协议就能强制执行。请照协议先做，不用等。")),
    State.CONFIRMED: (_("接下来"), _("请照协议做。对方不照做，您可以请法院强制执行。")),
    State.ENFORCING: (_("接下来"), _("法院正在执行。有新消息，这里会写出来。")),
    State.PERFORMED: (_("接下来"), AFTER_ENDING),
    State.REJECTED: (_("接下来"), AFTER_ENDING),
    State.FAILED: (_("接下来"), AFTER_ENDING),
    State.WITHDRAWN: (_("接下来"), _("手续办完，这件事就结束了。以后还想谈，可以再来反映。")),
    State.HANDED_OVER: (_("接下来"), AFTER_ENDING),
    State.FOLLOW_UP: (_("接下来"), _("您打完分，我们把材料归档。哪里不对，可以提出来，我们重新看。")),
    State.ARCHIVED: (_("以后还有事"), _("材料已经归档保存。对结果有意见，还可以在这里提。")),
    State.MERGED: (_("接下来"), _("另一件办到哪里，这件就到哪里。有事请打电话问我们。")),
}


@dataclass(frozen=True)
class Deadline:
    """Until when, by which rule, and the whole reckoning for who wants it."""

    title: str
    when: str
    rule: str
    reckoning: list[str]
    if_failed: bool  # whether to tell what happens when the talks come to nothing


@dataclass(frozen=True)
class NextStep:
    title: str
    words: str
    other_ways: list[str]  # where else one may go, when mediation did not take it or did not settle it


def deadline_of(clock: Clock | None) -> Deadline | None:
    """Of the limit that runs now; None where none runs."""
    if clock is None:
        return None
    key = clock.key.split(".")[0]
    title, rule = RULES[key]
    words = {"length": str(clock.limit or ""), "start": _begun(clock.started_at, by_hour=clock.unit == "hour")}
    rule_words = f"{clock.basis.rstrip('。')}。{rule}" if key == "perform" else str(rule) % words
    return Deadline(str(title), last_moment(clock.due_at), rule_words, list(clock.why), key == "mediate")


def next_of(dispute: Dispute) -> NextStep:
    title, words = NEXT[State(dispute.state)]
    return NextStep(str(title), str(words), _other_ways(dispute))


def last_moment(due: datetime) -> str:
    """11月23日 周一 17:00; a limit that ends with its day: 11月23日 周一 24:00."""
    local = timezone.localtime(due)
    if (local.hour, local.minute) != (0, 0):
        return moment(due)
    before = (local - timedelta(minutes=1)).date()
    return f"{day(before)} {weekday(before)} 24:00"


def _begun(at: datetime, *, by_hour: bool) -> str:
    return moment(at) if by_hour else day(at)


def _other_ways(dispute: Dispute) -> list[str]:
    """What the parties were told when it ended without an agreement (人民调解法 26)."""
    if dispute.state == State.REJECTED:
        told = dispute.rejections.last()
        return told.remedies_told if told else []
    if dispute.state == State.FAILED:
        ending = dispute.terminations.last()
        return ending.remedies_told if ending else []
    if dispute.state == State.HANDED_OVER and (moved := HandOver.objects.filter(dispute=dispute).last()):
        return [str(_("已经交给%(name)s")) % {"name": moved.to_name}]
    return []
