"""What a submission was answered with, so that the same submission sent twice is done once."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.kernel.secrets import EncryptedTextField

KEPT_FOR = timedelta(days=2)


class OnceQuerySet(models.QuerySet["Once"]):
    def expired(self) -> "OnceQuerySet":
        """Rows nobody will ask for any more; the worker deletes them."""
        return self.filter(created_at__lt=timezone.now() - KEPT_FOR)


class Once(models.Model):
    """One answered submission. `actor` is who sent it: `user:7`, or nobody's name where no account is needed."""

    key = models.CharField(max_length=200)
    actor = models.CharField(max_length=80)
    mark = models.CharField(max_length=64)  # of the address and of what was sent, keyed
    status = models.PositiveSmallIntegerField(default=0)
    body = EncryptedTextField(blank=True, default="")  # may show what is said once, such as a PIN
    content_type = models.CharField(max_length=100, blank=True)
    location = EncryptedTextField(blank=True, default="")  # may be a key itself, such as a signing link
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = OnceQuerySet.as_manager()

    class Meta:
        verbose_name = _("一次提交")
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="web_one_answer_a_key")]

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"
