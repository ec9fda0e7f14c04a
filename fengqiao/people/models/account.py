"""Accounts of staff, and the actor that stands in where no person acts."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body, BodyKind
from fengqiao.kernel.secrets import EncryptedTextField


class Role(models.TextChoices):
    """What somebody is employed as. It chooses the home page and bounds hats; it gives no power by itself."""

    CLERK = "clerk", _("窗口人员")
    DISPATCHER = "dispatcher", _("分流员")
    MEDIATOR = "mediator", _("调解员")
    MANAGER = "manager", _("负责人")
    LEADER = "leader", _("领导")
    ADMIN = "admin", _("系统管理员")
    SECURITY = "security", _("安全管理员")
    AUDITOR = "auditor", _("审计管理员")


CASE_WORKERS = frozenset({Role.CLERK, Role.DISPATCHER, Role.MEDIATOR, Role.MANAGER})
OVERSEERS = frozenset({Role.DISPATCHER, Role.MANAGER})
ADMINISTRATORS = frozenset({Role.ADMIN, Role.SECURITY, Role.AUDITOR})  # who may do what: people/duties.py


class User(AbstractUser):
    """A member of staff. Seconded staff keep their home body and work for the one where they are stationed."""

    name = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=20, choices=Role, blank=True)
    home_body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="members")
    station_body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="stationed")
    title = models.CharField(max_length=40, blank=True)  # as on the name plate: 综合窗口 2, 二级调解员
    phone = EncryptedTextField(blank=True, default="")
    mediates = models.BooleanField(default=False)  # is on the roster as a mediator: roster/writing.py keeps it in step
    is_slot = models.BooleanField(default=False)  # an account that a source counts; nobody signs in until it has a name
    must_change_password = models.BooleanField(default=False)  # the one they have was given to them by somebody
    password_set_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)  # of what administrators decide: who it is, where, what as

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
    def keeps_bodies(self) -> bool:
        """The register of bodies is theirs (bodies/registry.py)."""
        return self.is_active and self.role == Role.ADMIN

    @property
    def approves_bodies(self) -> bool:
        """What is proposed for the register: the head of the county centre, or an administrator who did not propose it."""
        heads = self.role == Role.MANAGER and self.body is not None and self.body.kind == BodyKind.COUNTY_CENTER
        return self.is_active and (heads or self.keeps_bodies)

    @property
    def works_cases(self) -> bool:
        return self.role in CASE_WORKERS

    @property
    def administers(self) -> bool:
        return self.role in ADMINISTRATORS

    @property
    def oversees(self) -> bool:
        return self.role in OVERSEERS

    def works_at(self, body_id: int) -> bool:
        """Whether this is somebody who works with people at that body."""
        return self.works_cases and self.body_id == body_id

    def runs(self, body_id: int) -> bool:
        """Whether this person arranges windows and duty there."""
        return self.oversees and self.body_id == body_id


class System:
    """Acts where no person does: clocks, imports, the last signature that makes an agreement binding."""

    pk = None
    is_authenticated = True
    ledger_id = "system"
    keeps_bodies = approves_bodies = True

    def works_at(self, body_id: int) -> bool:
        return True

    def runs(self, body_id: int) -> bool:
        return True

    def __str__(self) -> str:
        return str(_("系统"))


SYSTEM = System()
