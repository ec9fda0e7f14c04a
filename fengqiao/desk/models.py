"""What the desk itself keeps: the views that people put aside for themselves, and with which of them a list opens.

How somebody likes to look at their work is no part of the record of a dispute, so these rows are not witnessed; that a view
was given to a whole office is told in the chain of the one who gave it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fengqiao.bodies.models import Body
from fengqiao.people.models import User

LONGEST_QUERY = 300  # characters


class Listing(models.TextChoices):
    """The lists that have views. The value is the name of the page."""

    WORKLIST = "worklist", _("工作台")
    DISPUTES = "disputes", _("全部纠纷")


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def of(self, user: User) -> "SavedViewQuerySet":
        """One's own, and those of the office where one works."""
        return self.filter(Q(owner=user) | Q(shared_with=user.body_id, shared_with__isnull=False))

    def lock(self, pk: int) -> "SavedView":
        """The row, held until commit."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class SavedView(models.Model):
    """A name for a list with its filters. It holds a question, never an answer: everybody finds in it what is theirs to see."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    listing = models.CharField(max_length=10, choices=Listing)
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)  # as it stands in the address, in one order
    shared_with = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="shared_views")
    saved_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "listing", "name"], name="desk_one_view_of_a_name")]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class StartView(models.Model):
    """With which view a list opens for somebody."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="start_views")
    listing = models.CharField(max_length=10, choices=Listing)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="starts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "listing"], name="desk_one_start_each")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.listing} {self.view_id}"
