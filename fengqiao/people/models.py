"""Accounts of staff, and the actor that stands in where no person acts."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body
from fengqiao.kernel.secrets import EncryptedTextField

from .roster.models import RosterEntry, RosterRules, Serving

__all__ = ["CASE_WORKERS", "OVERSEERS", "SYSTEM", "Role", "RosterEntry", "RosterRules", "Serving", "System", "User"]


class Role(models.TextChoices):
    """What somebody is employed as. It chooses the home page and bounds hats; it gives no power by itself."""

    CLERK = "clerk", _("窗口人员")
    DISPATCHER = "dispatcher", _("分流员")
    MEDIATOR = "mediator", _("调解员")
    MANAGER = "manager", _("负责人")
    LEADER = "leader", _("领导")
    ADMIN = "admin", _("管理员")
    AUDITOR = "auditor", _("审计员")


CASE_WORKERS = frozenset({Role.CLERK, Role.DISPATCHER, Role.MEDIATOR, Role.MANAGER})
OVERSEERS = frozenset({Role.DISPATCHER, Role.MANAGER})


class User(AbstractUser):
    """A member of staff. Seconded staff keep their home body and work for the one where they are stationed."""

    name = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=20, choices=Role, blank=True)
    home_body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="members")
    station_body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="stationed")
    title = models.CharField(max_length=40, blank=True)  # as on the name plate: 综合窗口 2, 二级调解员
    phone = EncryptedTextField(blank=True, default="")
    mediates = models.BooleanField(default=False)  # is on the roster as a mediator: roster/writing.py keeps it in step

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def ledger_id(self) -> str:
        return f"user:{self.pk}"

    @property
    def body_id(self) -> int | None:
        return self.station_body_id or self.home_body_id

    @property
    def body(self) -> Body | None:
        return self.station_body or self.home_body

    @property
    def works_cases(self) -> bool:
        return self.role in CASE_WORKERS

    @property
    def oversees(self) -> bool:
        return self.role in OVERSEERS


class System:
    """Acts where no person does: clocks, imports, the last signature that makes an agreement binding."""

    pk = None
    is_authenticated = True
    ledger_id = "system"

    def __str__(self) -> str:
        return str(_("系统"))


SYSTEM = System()
