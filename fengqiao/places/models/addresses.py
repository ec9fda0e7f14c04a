"""The unified address library (统一地址库): standard addresses, what people call them, and what became of them.

`fengqiao.places.library.commands` is the only writer. Rows are witnessed; keys and heads are only the index over them.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.kernel.errors import Stale

from .regions import Region, span_of

PARTS = ("road", "number", "poi", "building", "unit", "room")  # in the order in which they are written
LONGEST = {"road": 40, "number": 20, "poi": 60, "building": 20, "unit": 12, "room": 20}


class Status(models.TextChoices):
    """An address is never deleted; a retired one may come back."""

    IN_FORCE = "in_force", gettext_lazy("在用")
    RETIRED = "retired", gettext_lazy("停用")


class AliasKind(models.TextChoices):
    """Why people call it so."""

    FORMER = "former", gettext_lazy("曾用名")
    SPOKEN = "spoken", gettext_lazy("俗称")
    OTHER = "other", gettext_lazy("别名")


class How(models.TextChoices):
    """How one address became another."""

    MERGED = "merged", gettext_lazy("并入")
    SPLIT = "split", gettext_lazy("拆分为")


class AddressQuerySet(models.QuerySet["Address"]):
    def in_force(self) -> "AddressQuerySet":
        return self.filter(status=Status.IN_FORCE)

    def within(self, code: str) -> "AddressQuerySet":
        return self.filter(region__code__range=span_of(code))

    def with_places(self) -> "AddressQuerySet":
        """With the region and the two levels above it, of which the written form is made."""
        return self.select_related("region__parent__parent__parent", "region__level")

    def lock(self, pk: int, *, seen: int | None = None) -> "Address":
        """The row, held until commit. `seen` is the version the person had before them; an older one is Stale."""
        address = self.select_for_update(of=("self",)).with_places().get(pk=pk)
        if seen is not None and seen != address.version:
            raise Stale(_("这个地址刚刚有人改过，请看清现在的样子再办。您写的内容还在。"))
        return address


class Address(models.Model):
    """A standard address. `text` is what is written below the region; the region's own names come from the tree."""

    WITNESSED = True

    code = models.CharField(max_length=21, unique=True)  # 15 digits of the region, 6 of the serial
    region = models.ForeignKey(Region, models.PROTECT, related_name="addresses")
    serial = models.PositiveIntegerField()
    road = models.CharField(max_length=LONGEST["road"], blank=True)
    number = models.CharField(max_length=LONGEST["number"], blank=True)  # 88号, 12弄3号
    poi = models.CharField(max_length=LONGEST["poi"], blank=True)  # a compound, a building, a shop with a name
    building = models.CharField(max_length=LONGEST["building"], blank=True)  # 3幢
    unit = models.CharField(max_length=LONGEST["unit"], blank=True)  # 2单元
    room = models.CharField(max_length=LONGEST["room"], blank=True)  # 301室
    text = models.CharField(max_length=200)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)  # degrees, CGCS2000
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.IN_FORCE)
    source = models.CharField(max_length=60, blank=True)  # which document or survey names it
    version = models.PositiveIntegerField(default=1)

    objects = AddressQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "addresses"
        constraints = [
            models.UniqueConstraint(fields=["region", "serial"], name="places_one_address_per_serial"),
            models.UniqueConstraint(
                fields=["region", "text"], condition=Q(status=Status.IN_FORCE.value), name="places_one_address_in_force"
            ),
        ]
        indexes = [
            models.Index(fields=["road", "number"]),
            models.Index(fields=["poi", "building"]),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_in_force(self) -> bool:
        return self.status == Status.IN_FORCE

    @cached_property
    def path(self) -> list[Region]:
        """The regions it stands in, the widest first, without the county."""
        found: list[Region] = []
        region: Region | None = self.region
        while region is not None and region.parent_id is not None:
            found.insert(0, region)
            region = region.parent
        return found or [self.region]

    @property
    def written(self) -> str:
        """The standard written form: 月河街道墙壕里社区朝阳路88号3幢."""
        return "".join(region.name for region in self.path) + self.text

    @property
    def facts(self) -> dict[str, Any]:
        """What the ledger tells of it before and after a change: only what is not empty."""
        plain = {name: getattr(self, name) for name in (*PARTS, "status", "source")}
        plain |= {"longitude": _degrees(self.longitude), "latitude": _degrees(self.latitude)}
        return {"region": self.region.code} | {name: str(value) for name, value in plain.items() if value != ""}


class AddressAlias(models.Model):
    """Another name of an address, or of the compound it is: former names, and those people use when they speak."""

    WITNESSED = True

    address = models.ForeignKey(Address, models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=AliasKind)
    is_active = models.BooleanField(default=True)
    merged_from = models.ForeignKey(Address, models.PROTECT, null=True, blank=True, related_name="names_given_on")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "address aliases"
        constraints = [models.UniqueConstraint(fields=["address", "key"], name="places_one_alias_a_name")]

    def __str__(self) -> str:
        return self.name


class AddressLink(models.Model):
    """One address became another, on a day, for a reason. A change that was undone is kept and marked."""

    WITNESSED = True

    old = models.ForeignKey(Address, models.PROTECT, related_name="successors")
    new = models.ForeignKey(Address, models.PROTECT, related_name="predecessors")
    how = models.CharField(max_length=10, choices=How)
    day = models.DateField()
    reason = models.CharField(max_length=300)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class AddressKey(models.Model):
    """One name under which an address in force is found, in the one form that names are compared in. An index only."""

    address = models.ForeignKey(Address, models.CASCADE, related_name="keys")
    key = models.CharField(max_length=200)
    alias = models.ForeignKey(AddressAlias, models.CASCADE, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["key"], name="places_addresskey_whole")]

    def __str__(self) -> str:
        return self.key


class AddressHead(models.Model):
    """The name of a road, a compound or an alias, forwards and backwards: so a name with one wrong letter is found."""

    key = models.CharField(max_length=120, unique=True)
    backwards = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.key


def _degrees(value: Any) -> str:
    return "" if value is None else f"{float(value):.6f}"
