"""The region tree. A region's statutory code is its path, so "within" is one range, the same in Python and in SQL."""

from django.db import models

CODE_LENGTH = 15  # 6 county + 3 town + 3 village + 3 grid


class Level(models.Model):
    """One level of the ladder. How many there are and what they are called is the district's own data."""

    key = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=20)
    rank = models.PositiveSmallIntegerField(unique=True)  # 1 is the county; larger is nearer to the people
    width = models.PositiveSmallIntegerField()  # how many digits of the code belong to this level

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return self.name


class RegionQuerySet(models.QuerySet["Region"]):
    def within(self, code: str) -> "RegionQuerySet":
        return self.filter(code__range=span_of(code))

    def holding(self, code: str) -> "RegionQuerySet":
        """The regions that this code lies in, the widest first."""
        return self.filter(code__in=[code[:6] + "0" * 6, code[:9] + "0" * 3, code[:12], code]).order_by("level__rank")


class Region(models.Model):
    """A place in the tree: county, town, area, village, grid. Codes are 12 digits (NBS), grids 15."""

    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    name = models.CharField(max_length=60)
    level = models.ForeignKey(Level, models.PROTECT, related_name="regions")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_slot = models.BooleanField(default=False)  # a numbered place whose name no source gives yet

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def span(self) -> tuple[str, str]:
        """The first and last code that lie in this place."""
        return span_of(self.code)

    def holds(self, code: str) -> bool:
        low, high = self.span
        return low <= code <= high


def span_of(code: str) -> tuple[str, str]:
    """The range of codes within `code`: '330502006000' spans '330502006' to '330502006999999'."""
    stem = code
    for width in (6, 9, 12):
        if len(code) > width and set(code[width:]) == {"0"}:
            stem = code[:width]
            break
    return stem, stem.ljust(CODE_LENGTH, "9")
