"""Bodies, their windows and rooms, and the gap-free series of numbers that each of them gives out."""

from datetime import date

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from fengqiao.kernel.remembering import asked_once
from fengqiao.places.models import Region

from .hours import Hours


class BodyKind(models.TextChoices):
    """Handbook 1.1, 1.4 and 1.5."""

    COUNTY_CENTER = "county_center", _("区中心")
    COURT_BRANCH = "court_branch", _("法院分中心")
    TOWN_BRANCH = "town_branch", _("镇街分中心")
    AREA = "area", _("片区")
    SUB_CENTER = "sub_center", _("专门中心")
    TRIBUNAL = "tribunal", _("庭")
    ROOM = "room", _("室")
    DEPARTMENT = "department", _("部门")
    MDC_VILLAGE = "mdc_village", _("村（社区）调委会")
    MDC_TOWN = "mdc_town", _("镇街调委会")
    MDC_INDUSTRY = "mdc_industry", _("行业性、专业性调委会")
    MDC_PARK = "mdc_park", _("园区调委会")
    MDC_ENTERPRISE = "mdc_enterprise", _("企业调委会")
    MDC_OUTPOST = "mdc_outpost", _("派驻调解工作室")
    BRAND_STUDIO = "brand_studio", _("品牌工作室")
    LAWYER_STUDIO = "lawyer_studio", _("律师调解工作室")
    COURT = "court", _("法院")
    SOCIAL_ORG = "social_org", _("社会组织")
    # Kept apart: it may charge (handbook 1.4), people's mediation never does.
    COMMERCIAL = "commercial", _("商事调解组织")


COMMITTEES = frozenset(
    {BodyKind.MDC_VILLAGE, BodyKind.MDC_TOWN, BodyKind.MDC_INDUSTRY, BodyKind.MDC_PARK, BodyKind.MDC_ENTERPRISE}
)


class Stationing(models.TextChoices):
    """How a department is present in the centre (handbook 1.2)."""

    WHOLE_UNIT = "whole_unit", _("整建制入驻")
    RESIDENT = "resident", _("常驻")
    ROTATING = "rotating", _("轮驻")
    ON_CALL = "on_call", _("随叫随驻")


class Standing(models.TextChoices):
    """Where a body is on its way from being proposed to having ended."""

    PROPOSED = "proposed", _("待审核")
    LIVE = "live", _("运行中")
    SUSPENDED = "suspended", _("暂停")
    ENDED = "ended", _("已撤销")


class BodyQuerySet(models.QuerySet["Body"]):
    def lock(self, pk: int) -> "Body":
        """The row, held until commit."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def root(self) -> "Body | None":
        """The county centre of this installation."""
        return self.filter(kind=BodyKind.COUNTY_CENTER).order_by("pk").first()

    def at_work(self) -> "BodyQuerySet":
        return self.filter(is_active=True)

    def with_halls(self) -> "BodyQuerySet":
        """Bodies where one can take a number: they have a window that has a name and is in use."""
        return self.at_work().filter(pk__in=Window.objects.named().values("body_id"))

    def that_handle(self) -> "BodyQuerySet":
        """Bodies to which a dispute can be dispatched."""
        return self.at_work().filter(handles=True)


class Body(models.Model):
    """An organisation that a dispute can be with."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=20)  # the ×× of（2026）××人调字第×号
    kind = models.CharField(max_length=20, choices=BodyKind)
    region = models.ForeignKey(Region, models.PROTECT, related_name="bodies")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    coordinates = models.BooleanField(default=False)  # answers for every body in its region
    handles = models.BooleanField(default=True)  # disputes can be dispatched to it
    stationing = models.CharField(max_length=20, choices=Stationing, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=60, blank=True)  # which document names it
    is_slot = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)  # is at work: as its standing says
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.LIVE)
    founder = models.CharField(max_length=120, blank=True)  # who set it up: 行业协会、律师事务所、街道
    elected_on = models.DateField(null=True, blank=True)  # a committee's members; their term is three years
    # Ledger id: whoever proposes does not approve.
    proposed_by = models.CharField(max_length=40, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    # How it came to be what it is: structures change, and what was written under an old one stays true.
    founded_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)  # its last day
    # [{"until": "2025-12-31", "name": …, "short_name": …}], the oldest first
    former = models.JSONField(default=list, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["region__code", "pk"]
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: date) -> str:
        """What it was called on that day."""
        return next((one["name"] for one in self.former if day.isoformat() <= one["until"]), self.name)

    @property
    def is_committee(self) -> bool:
        return self.kind in COMMITTEES

    def oversees(self, region_code: str) -> bool:
        """Only a region's coordinating body answers for the region; peers do not see each other."""
        return self.coordinates and self.region.holds(region_code)

    @property
    def superior(self) -> "Body | None":
        """The nearest coordinating body above this one."""
        above = self.parent
        while above and not above.coordinates:
            above = above.parent
        return above


@asked_once("bodies_body", "places_region")
def centre() -> Body | None:
    """The county centre of this installation, with its region; asked once in a transaction."""
    return Body.objects.select_related("region").root()


class Post(models.TextChoices):
    """人民调解法 8: one chair, vice-chairs where needed."""

    CHAIR = "chair", _("主任")
    VICE = "vice", _("副主任")
    MEMBER = "member", _("委员")


class Member(models.Model):
    """Somebody on a committee. Most are neighbours without an account."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    name = models.CharField(max_length=40)
    is_woman = models.BooleanField(default=False)
    post = models.CharField(max_length=20, choices=Post, default=Post.MEMBER)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # their last day

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class WindowKind(models.TextChoices):
    """Handbook 1.3."""

    GENERAL = "general_window", _("综合窗口")
    SPECIALIST = "specialist_window", _("专业窗口")
    SERVICE = "service_window", _("办事窗口")
    FALLBACK = "fallback_window", _("综合调解窗口（兜底）")


EVERYTHING = "*"  # a window of this subject takes every matter


class WindowQuerySet(models.QuerySet["Window"]):
    def named(self) -> "WindowQuerySet":
        """Those that a person can be sent to: a slot is counted somewhere, and named nowhere."""
        return self.filter(is_slot=False, retired_on=None)


class Window(models.Model):
    """A counter in a body's hall, as the district's folder has it; how it stands now is its `WindowState`."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="windows")
    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=WindowKind)
    subject = models.CharField(max_length=60, blank=True)
    subjects = models.JSONField(default=list, blank=True)  # all that it takes, where that is more than `subject`
    hours = models.CharField(max_length=120, blank=True)  # see hours.py; empty: not told
    retired_on = models.DateField(null=True, blank=True)  # given up on this day; what was done at it stays
    is_slot = models.BooleanField(default=False)

    objects = WindowQuerySet.as_manager()

    class Meta:
        ordering = ["body_id", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_retired(self) -> bool:
        return self.retired_on is not None

    @property
    def hours_in_words(self) -> str:
        """周一至周五 08:30-12:00，13:30-17:00; nothing where none are told."""
        return Hours.read(self.hours).in_words

    @property
    def state(self) -> "WindowState":
        """How it stands now; a window that nobody has opened yet is closed."""
        return getattr(self, "standing", None) or WindowState(window=self)

    @property
    def is_open(self) -> bool:
        return self.state.is_open

    @property
    def takes(self) -> list[str]:
        """The subjects it takes now. None: whatever has no window of its own name (综合)."""
        now = self.state.subjects
        return now if now is not None else self.subjects or ([self.subject] if self.subject else [])

    @property
    def takes_general(self) -> bool:
        """Whether somebody may come here who cannot say whose matter it is."""
        takes = self.takes
        return EVERYTHING in takes or self.kind == WindowKind.FALLBACK or not takes

    @property
    def is_fallback(self) -> bool:
        """兜底: takes what no open window takes (handbook 1.3)."""
        return self.kind == WindowKind.FALLBACK


class WindowState(models.Model):
    """How a window stands now: open or closed, and what it was given since. The folder's own row stays as it is."""

    WITNESSED = True

    window = models.OneToOneField(Window, models.PROTECT, related_name="standing")
    is_open = models.BooleanField(default=False)
    since = models.DateTimeField(null=True)
    subjects = models.JSONField(null=True)  # null: as the folder says
    serves = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="served_at")
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.window_id} {self.is_open}"


class Series(models.Model):
    """A body's numbered series for one year, gap-free: the number is taken in the transaction that uses it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="series")
    name = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "name", "year"], name="bodies_one_series_a_year")]

    def __str__(self) -> str:
        return f"{self.body_id}/{self.name}/{self.year}: {self.last}"


def next_number(body: Body, series: str, year: int) -> int:
    """The next number of the body's series, from 1. Call last in the transaction: it holds the series until commit."""
    key = (body.pk, series, year)
    if (taken := _taken(*key)) is None:
        Series.objects.get_or_create(body=body, name=series, year=year)
        taken = _taken(*key)
    if taken is None:
        raise RuntimeError(f"the series {key} was deleted while a number was taken from it")
    return taken


def _taken(body_id: int, name: str, year: int) -> int | None:
    """Count one up and read it in one statement: everybody who registers waits here for the one before."""
    table = Series._meta.db_table
    sql = f"UPDATE {table} SET last = last + 1 WHERE body_id = %s AND name = %s AND year = %s RETURNING last"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [body_id, name, year])
        row = cursor.fetchone()
    return row[0] if row else None


class MechanismKind(models.TextChoices):
    """What a county's own description lists beside its bodies (handbook 1.5)."""

    MECHANISM = "mechanism", _("运行机制")
    MODE = "mode", _("调解方式")
    TIER = "tier", _("调处层级")
    FLOW = "flow", _("流程板块")
    PLATFORM = "platform", _("平台")


class Mechanism(models.Model):
    """A way of working that the county has committed itself to."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=MechanismKind)
    rank = models.PositiveSmallIntegerField(default=0)  # their order, where they have one
    words = models.CharField(max_length=300, blank=True)
    is_slot = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind", "rank", "pk"]

    def __str__(self) -> str:
        return self.name


class Strength(models.Model):
    """How many people of a kind the county says it has, where it does not say who they are."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    n = models.PositiveIntegerField()
    or_more = models.BooleanField(default=False)  # 三十余名

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "strengths"

    def __str__(self) -> str:
        return f"{self.name} {self.n}{'+' if self.or_more else ''}"


class Target(models.Model):
    """A figure that the county wants to reach, as its own document puts it."""

    class How(models.TextChoices):
        AT_LEAST = "at_least", _("不少于")
        AT_MOST = "at_most", _("不超过")

    class Of(models.TextChoices):
        PERCENT = "percent", _("%")
        HOUR = "hour", _("小时")
        DAY = "day", _("天")
        A_YEAR = "a_year", _("次／年")

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    how = models.CharField(max_length=20, choices=How)
    value = models.PositiveIntegerField()
    unit = models.CharField(max_length=20, choices=Of)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.get_how_display()} {self.value}{self.get_unit_display()}"
