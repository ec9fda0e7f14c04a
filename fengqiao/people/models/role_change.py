"""A change of role on its way: one asks, another decides."""

from django.db import models
from django.utils import timezone

from .account import Role, User


class RoleChange(models.Model):
    """Witnessed: whoever writes a role has to pass here."""

    WITNESSED = True

    user = models.ForeignKey(User, models.PROTECT, related_name="role_changes")
    old = models.CharField(max_length=20, choices=Role, blank=True)
    new = models.CharField(max_length=20, choices=Role)
    reason = models.CharField(max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    is_granted = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(decided_at=None), name="people_one_open_role_change"
            )
        ]

    @property
    def is_first(self) -> bool:
        """The role of a new account, which nobody can use until it is granted."""
        return not self.old

    def __str__(self) -> str:
        return f"{self.user}: {self.old} → {self.new}"
