"""What mediation stores: who was checked for recusal, what the parties were told, the sessions, their minutes, how it ended."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes.lifecycle import State
from fengqiao.disputes.models import Dispute, Party
from fengqiao.disputes.remedies import in_words
from fengqiao.papers.models import Paper
from fengqiao.people.models import User

from .choosing import Invitation, Wish, WishAnswer

__all__ = [
    "FailReason",
    "Ground",
    "How",
    "Invitation",
    "Minutes",
    "Outcome",
    "Recusal",
    "RightsNotice",
    "Session",
    "SessionKind",
    "SessionStatus",
    "Termination",
    "Wish",
    "WishAnswer",
]


class Ground(models.TextChoices):
    """Why a mediator should stand back. Source: 特邀调解规定 15; for the people's mediation taken as the good custom."""

    RELATIVE = "relative", gettext_lazy("是一方当事人或者代理人的近亲属")
    INTEREST = "interest", gettext_lazy("和这起纠纷有利害关系")
    OTHER = "other", gettext_lazy("和一方有其他关系，可能影响公正")


class Recusal(models.Model):
    """The check before a mediator is named: what was declared, what the records hint at, who agreed all the same."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="recusals")
    mediator = models.ForeignKey(User, models.PROTECT, related_name="recusals")
    grounds = models.JSONField(default=list)  # codes of Ground; empty: none was declared
    hints = models.JSONField(default=list)  # codes of Hint: what the records show by themselves
    words = models.CharField(max_length=300, blank=True)
    consents = models.JSONField(default=list)  # keys of the parties who agreed that the mediator goes on
    chosen_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.mediator}"

    @property
    def verdict(self) -> str:
        """The outcome in a few words: 无回避事由."""
        if self.grounds:
            return _("有回避事由，双方同意继续")
        return _("有提示，核对后无回避事由") if self.hints else _("无回避事由")


class How(models.TextChoices):
    """How the parties were told of their rights, or consented to something."""

    ORAL = "oral", gettext_lazy("当面口头")
    PAPER = "paper", gettext_lazy("书面")
    PHONE = "phone", gettext_lazy("电话")
    ONLINE = "online", gettext_lazy("线上")


class RightsNotice(models.Model):
    """That parties were told the nature, principles and effect of mediation and their rights. Source: 人民调解工作若干规定 30."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="rights_notices")
    told = models.JSONField(default=list)  # keys of the parties
    how = models.CharField(max_length=10, choices=How)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    told_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.at}"


class SessionKind(models.TextChoices):
    ON_SITE = "on_site", gettext_lazy("当面")
    HOME = "home", gettext_lazy("上门")
    PHONE = "phone", gettext_lazy("电话")
    ONLINE = "online", gettext_lazy("线上")


class SessionStatus(models.TextChoices):
    PLANNED = "planned", gettext_lazy("已约")
    HELD = "held", gettext_lazy("已谈")
    CANCELLED = "cancelled", gettext_lazy("已取消")


class SessionQuerySet(models.QuerySet["Session"]):
    def planned(self) -> "SessionQuerySet":
        """Those that are really going to be held: the dispute is still with this mediator and under mediation."""
        under = [State.MEDIATING, State.SUSPENDED, State.SIGNING]
        return self.filter(
            status=SessionStatus.PLANNED, dispute__state__in=under, dispute__mediator=models.F("mediator")
        )

    def of(self, mediator: User) -> "SessionQuerySet":
        """This mediator's, in the order of time, with what a list of them shows."""
        mine = self.filter(mediator=mediator).select_related("dispute__category").prefetch_related("dispute__parties")
        return mine.order_by("scheduled_at")

    def held(self) -> "SessionQuerySet":
        return self.filter(status=SessionStatus.HELD)


class Session(models.Model):
    """One meeting of the parties with their mediator: planned, then held or cancelled."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="sessions")
    n = models.PositiveSmallIntegerField()
    mediator = models.ForeignKey(User, models.PROTECT, related_name="sessions")
    scheduled_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=SessionKind, default=SessionKind.ON_SITE)
    status = models.CharField(max_length=10, choices=SessionStatus, default=SessionStatus.PLANNED)
    remark = models.CharField(max_length=300, blank=True)  # why it was cancelled

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["dispute_id", "n"]
        constraints = [models.UniqueConstraint(fields=["dispute", "n"], name="mediation_session_numbered_once")]
        indexes = [
            models.Index(fields=["mediator", "scheduled_at"], name="mediation_session_by_mediator"),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id}/{self.n}"

    @property
    def record(self) -> "Minutes | None":
        """The minutes as they stand now: the newest version."""
        return max(self.minutes.all(), key=lambda one: one.version, default=None)


class Outcome(models.TextChoices):
    """How a session ended. An ending of the mediation itself is an act of its own."""

    AGREED = "agreed", gettext_lazy("谈成了，准备写协议")
    PARTLY = "partly", gettext_lazy("部分谈拢，再约一次")
    NOT_YET = "not_yet", gettext_lazy("没有谈拢，再约一次")
    FACTS = "facts", gettext_lazy("查看核实，弄清了事实")
    ABSENT = "absent", gettext_lazy("有人没到，没谈成")
    FAILED = "failed", gettext_lazy("谈不成，准备终止")


class Minutes(models.Model):
    """调解记录 of a session. Never changed: a correction is a new version with its reason. Source: 人民调解法 27.

    Undisputed facts stand apart from what was said: they may be used later (人民法院在线调解规则 22), concessions may not
    (特邀调解规定 22).
    """

    WITNESSED = True

    session = models.ForeignKey(Session, models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField(default=1)
    present = models.JSONField(default=list)  # keys of the parties who were there
    others = models.CharField(max_length=300, blank=True)  # invited persons, by name
    statements = models.TextField()  # a line each: 谁：说了什么
    facts = models.JSONField(default=list)  # undisputed facts, agreed by those present
    outcome = models.CharField(max_length=10, choices=Outcome)
    words = models.CharField(max_length=300, blank=True)  # the outcome in words
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    recorder = models.CharField(max_length=40)
    correction = models.CharField(max_length=300, blank=True)  # why there is a further version
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["session_id", "version"]
        constraints = [models.UniqueConstraint(fields=["session", "version"], name="mediation_minutes_version_once")]
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return f"{self.session} v{self.version}"

    @property
    def length(self) -> timedelta:
        return self.ended_at - self.started_at


class FailReason(models.TextChoices):
    """Why mediation ends without an agreement. Source: 人民调解法 26, 宁波市人民调解条例 27."""

    REFUSED = "refused", gettext_lazy("一方当事人明确拒绝继续调解")
    APART = "apart", gettext_lazy("双方分歧太大，谈不拢")
    UNSIGNED = "unsigned", gettext_lazy("一方当事人拒绝在协议上签名")
    TIME_UP = "time_up", gettext_lazy("调解期限到了，还没有谈成")
    ABSENT = "absent", gettext_lazy("一方当事人几次不到场，也联系不上")
    UNFIT = "unfit", gettext_lazy("发现不属于人民调解的范围")


class Termination(models.Model):
    """That mediation ended without an agreement, why, and which other ways the parties were told of."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="terminations")
    reason = models.CharField(max_length=20, choices=FailReason)
    words = models.CharField(max_length=300, blank=True)
    remedies = models.JSONField(default=list)  # codes of Remedy, or words
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.reason}"

    @property
    def remedies_told(self) -> list[str]:
        return in_words(self.remedies)
