"""What the ledger holds about the roster: one chain an entry, subject `roster`; who looked at what is sealed, `roster_look`."""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry


@entry("roster.applied", _("{by} 申报{name}进名册（{kinds}，{body}）。"), icon="user-plus")
class RosterApplied(Event):
    name: str
    kinds: str
    body: str
    body_id: int


@entry("roster.resubmitted", _("{by} 补充后重新申报{name}。{remark}"), icon="user-plus")
class RosterResubmitted(Event):
    name: str
    remark: str


@entry("roster.returned", _("{by} 退回{name}的申报，请补充：{reason}"), icon="corner-up-left")
class RosterReturned(Event):
    name: str
    reason: str


@entry("roster.refused", _("{by} 没有通过{name}的申报：{reason}"), icon="user-x")
class RosterRefused(Event):
    name: str
    reason: str


@entry(
    "roster.admitted",
    _("{by} 准许{name}进名册，证号 {certificate}，任期 {since} 至 {until}。{reason}"),
    icon="user-check",
)
class RosterAdmitted(Event):
    name: str
    certificate: str
    since: str
    until: str
    reason: str


@entry("roster.taken_over", _("{by} 按{source}把{name}记入名册。"), icon="user-check")
class RosterTakenOver(Event):
    """Not reviewed here: the district's file, or a roster kept elsewhere, says so."""

    name: str
    source: str


@entry("roster.changed", _("{by} 改了{name}在名册上的内容：{what}。{reason}"), icon="pencil")
class RosterChanged(Event):
    """`before` and `after` hold what anybody may read; of what is sealed only that it was changed."""

    name: str
    what: str
    before: dict[str, str]
    after: dict[str, str]
    reason: str


@entry("roster.suspended", _("{by} 暂停{name}的调解资格：{reason}"), icon="player-pause")
class RosterSuspended(Event):
    name: str
    reason: str


@entry("roster.resumed", _("{by} 恢复{name}的调解资格：{reason}"), icon="player-play")
class RosterResumed(Event):
    name: str
    reason: str


@entry("roster.removed", _("{by} 把{name}移出名册：{reason}"), icon="user-minus")
class RosterRemoved(Event):
    name: str
    reason: str


@entry("roster.restored", _("{by} 恢复{name}在名册上的位置：{reason}"), icon="user-check")
class RosterRestored(Event):
    name: str
    reason: str


@entry("roster.renewed", _("{by} 给{name}续任，任期到 {until}。{reason}"), icon="calendar-plus")
class RosterRenewed(Event):
    name: str
    until: str
    reason: str


@entry("roster.ending", _("{name}的任期到 {until} 止，还有 {days} 天。要续任的请尽早办。"), icon="hourglass")
class RosterEnding(Event):
    name: str
    until: str
    days: int


@entry("roster.looked", _("{by} 查看了{name}的{what}，理由：{reason}"), icon="eye")
class RosterLooked(Event):
    name: str
    what: str
    reason: str


@entry("roster.card", _("{by} 打印了{name}的工作牌。"), icon="id-badge")
class CardPrinted(Event):
    name: str
