"""What a district decides about supervision: its numbers, who sits at its conferences, the steps of its emergency plan."""

from django.db import models


class Threshold(models.Model):
    """A district's own number in place of a built-in one (thresholds.py)."""

    key = models.SlugField(max_length=60, unique=True)
    n = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.key} {self.n}"


class SeatKind(models.Model):
    """As what somebody sits at a case conference (3+X): judge, chief mediator, aid lawyer, a department."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    rank = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)
    is_slot = models.BooleanField(default=False)

    class Meta:
        ordering = ["rank", "pk"]

    def __str__(self) -> str:
        return self.name


class PlanStep(models.Model):
    """One line of the district's emergency plan (应急预案). A slot says that the plan exists and its steps are not known."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)  # of the plan
    rank = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    is_slot = models.BooleanField(default=False)

    class Meta:
        ordering = ["rank", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.rank}"
