"""Who tried to come in, and how often somebody has tried in vain."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.kernel.secrets import EncryptedTextField, blind_index, blind_indexes

from .account import User


class Way(models.TextChoices):
    """By what somebody says who they are."""

    PASSWORD = "password", _("密码")
    APP = "app", _("动态验证码")
    RECOVERY = "recovery", _("备用码")
    PASSKEY = "passkey", _("通行密钥")
    COUNTY = "county", _("统一登录")
    SESSION = "session", _("会话")


class Result(models.TextChoices):
    """What became of it."""

    ENTERED = "entered", _("登录成功")
    HALFWAY = "halfway", _("通过第一步")
    WRONG = "wrong", _("不对")
    UNKNOWN = "unknown", _("没有这个账户")
    CLOSED = "closed", _("账户已停用")
    LOCKED = "locked", _("账户锁着")
    CROWDED = "crowded", _("网络地址锁着")
    REFUSED = "refused", _("统一登录没有通过")
    LEFT = "left", _("退出")
    IDLE = "idle", _("久未操作，自动退出")
    EXPIRED = "expired", _("到了最长时间，自动退出")
    ENDED = "ended", _("被结束")


SUCCESSES = frozenset({Result.ENTERED, Result.HALFWAY, Result.LEFT, Result.IDLE, Result.EXPIRED, Result.ENDED})


class AccessQuerySet(models.QuerySet["Access"]):
    def newest_first(self) -> "AccessQuerySet":
        return self.order_by("-at", "-pk")

    def from_address(self, address: str) -> "AccessQuerySet":
        return self.filter(address_index__in=blind_indexes(address, "address"))


class Access(models.Model):
    """One try, or one end of a session. Never rewritten, and never deleted within six months: the database refuses.

    What was typed as a user name is kept only where it is one: people type passwords into that field.
    Source: 网络安全法 21(3), 等保 2.0 level 3 (user, time, kind, result).
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="accesses")
    way = models.CharField(max_length=12, choices=Way)
    result = models.CharField(max_length=12, choices=Result)
    address = EncryptedTextField(blank=True, default="")
    address_index = models.CharField(max_length=32, blank=True, db_index=True)
    device = models.CharField(max_length=60, blank=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.user or '?'} {self.way} {self.result}"

    @property
    def went_well(self) -> bool:
        return self.result in SUCCESSES

    @classmethod
    def index_of(cls, address: str) -> str:
        return blind_index(address, "address") if address else ""


class Guard(models.Model):
    """How often one account name, second factor or address was tried in vain, and until when it is shut."""

    kind = models.CharField(max_length=12)
    index = models.CharField(max_length=32)  # keyed: names that are no accounts are not kept either
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now)
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "index"], name="people_one_guard_each")]

    def __str__(self) -> str:
        return f"{self.kind} {self.failures}"
