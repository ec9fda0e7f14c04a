"""What the roster stores: one entry a person, the bodies they serve, and the county's own rules about it."""

import json
import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body, centre
from fengqiao.kernel.secrets import EncryptedTextField

WEEKDAYS = (
    (1, gettext_lazy("周一")), (2, gettext_lazy("周二")), (3, gettext_lazy("周三")), (4, gettext_lazy("周四")),
    (5, gettext_lazy("周五")), (6, gettext_lazy("周六")), (7, gettext_lazy("周日")),
)  # fmt: skip
TERM_YEARS = 3  # 人民调解法 9 for members of a committee; for engaged ones it is the county's own


class Kind(models.TextChoices):
    """What somebody is on the roster. Handbook 1.4 and 6; one person may be several."""

    FULL_TIME = "full_time", gettext_lazy("专职调解员")
    PART_TIME = "part_time", gettext_lazy("兼职调解员")
    CHIEF = "chief", gettext_lazy("首席调解员")
    LAWYER = "lawyer", gettext_lazy("律师")
    ADMINISTRATIVE = "administrative", gettext_lazy("行政调解员")
    COURT_INVITED = "court_invited", gettext_lazy("特邀调解员")
    EXPERT = "expert", gettext_lazy("专家")
    VOLUNTEER = "volunteer", gettext_lazy("志愿者")


# An expert advises and a volunteer helps; who is nothing else is invited to a dispute, not put in charge of it.
MEDIATING = frozenset(set(Kind) - {Kind.EXPERT, Kind.VOLUNTEER})


class Enrolment(models.TextChoices):
    """Where an entry is between applying and having left the roster."""

    APPLIED = "applied", gettext_lazy("待审核")
    RETURNED = "returned", gettext_lazy("退回补充")
    REFUSED = "refused", gettext_lazy("未通过")
    ON = "on", gettext_lazy("在册")
    SUSPENDED = "suspended", gettext_lazy("暂停")
    REMOVED = "removed", gettext_lazy("已退出名册")


class Source(models.TextChoices):
    """On whose word somebody is on the roster."""

    REVIEW = "review", gettext_lazy("经审核")
    DISTRICT = "district", gettext_lazy("按辖区资料登记")
    IMPORT = "import", gettext_lazy("批量导入")


@dataclass(frozen=True)
class Ties:
    """What somebody declared that may stand in the way of fairness. Used by the check for recusal, shown to nobody else."""

    employers: list[str] = field(default_factory=list)
    kin: list[str] = field(default_factory=list)  # names of near relatives
    interests: list[str] = field(default_factory=list)  # names of people and businesses

    def __bool__(self) -> bool:
        return bool(self.employers or self.kin or self.interests)

    def written(self) -> str:
        """As it is kept, before it is sealed."""
        return json.dumps(vars(self), ensure_ascii=False) if self else ""


class RosterQuerySet(models.QuerySet["RosterEntry"]):
    def under(self, code: str, name: str) -> "RosterQuerySet":
        """Those in whose list `name` this code stands: specialities, languages, areas, kinds. The same on both engines."""
        return self.annotate(**{f"{name}_text": Cast(name, models.TextField())}).filter(
            **{f"{name}_text__contains": json.dumps(code)}
        )

    def serving(self, place: str) -> "RosterQuerySet":
        """Those who serve this town: by name, with the whole county, or everywhere because they named no place."""
        named = models.Q(areas_text__contains=json.dumps(place))
        county = models.Q(areas_text__contains=json.dumps(place[:6].ljust(len(place), "0")))
        rows = self.annotate(areas_text=Cast("areas", models.TextField()))
        return rows.filter(named | county | models.Q(areas_text="[]"))

    def in_force(self, on: date | None = None) -> "RosterQuerySet":
        """On the roster, and within their term."""
        on = on or timezone.localdate()
        dated = models.Q(valid_to=None) | models.Q(valid_to__gte=on)
        return self.filter(dated, standing=Enrolment.ON)

    def shown(self) -> "RosterQuerySet":
        """What residents may see: in force, and agreed to be shown."""
        return self.in_force().filter(is_shown=True)

    def waiting(self) -> "RosterQuerySet":
        return self.filter(standing=Enrolment.APPLIED)


class RosterEntry(models.Model):
    """One person on the roster, or on the way there: a member of staff, or somebody from outside without an account."""

    WITNESSED = True
    UNWITNESSED = frozenset({"warned_for"})

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="roster_entry"
    )
    name = models.CharField(max_length=40)
    kinds = models.JSONField(default=list)  # codes of Kind
    body = models.ForeignKey(Body, models.PROTECT, related_name="roster")  # that answers for them
    title = models.CharField(max_length=80, blank=True)  # 退休法官, 某律师事务所律师
    grade = models.CharField(max_length=20, blank=True)  # key of RosterRules.grades
    specialities = models.JSONField(default=list)  # codes of the district's categories
    languages = models.JSONField(default=list)  # keys of RosterRules.languages
    areas = models.JSONField(default=list)  # region codes; none: the whole county
    days = models.JSONField(default=list)  # 1 to 7
    hours_from = models.TimeField(null=True, blank=True)
    hours_to = models.TimeField(null=True, blank=True)
    on_call = models.BooleanField(default=False)
    introduction = models.CharField(max_length=500, blank=True)
    photo = models.CharField(max_length=64, blank=True)  # SHA-256 of a PNG made by papers.portraits
    is_shown = models.BooleanField(default=False)  # agreed to be shown to residents

    # For the person and the reviewing body alone.
    born_on = EncryptedTextField(blank=True, default="")  # 1968-03-02: only adults may mediate, 人民调解法 14
    phone = EncryptedTextField(blank=True, default="")
    phone_index = models.CharField(max_length=64, blank=True)
    id_number = EncryptedTextField(blank=True, default="")
    id_index = models.CharField(max_length=64, blank=True, db_index=True)
    ties = EncryptedTextField(blank=True, default="")  # Ties as JSON

    standing = models.CharField(max_length=12, choices=Enrolment, default=Enrolment.APPLIED)
    source = models.CharField(max_length=10, choices=Source, default=Source.REVIEW)
    reason = models.CharField(max_length=300, blank=True)  # of how it stands now
    certificate = models.CharField(max_length=60, null=True, blank=True, unique=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # last day of the term; empty: no end is set
    card_token = models.CharField(max_length=64, unique=True, default=secrets.token_urlsafe)  # in the QR of the card
    warned_for = models.PositiveSmallIntegerField(null=True, blank=True)  # days before the end, told last
    version = models.PositiveIntegerField(default=1)
    applied_at = models.DateTimeField(default=timezone.now)

    objects = RosterQuerySet.as_manager()

    class Meta:
        ordering = ["body_id", "pk"]
        verbose_name_plural = "roster entries"
        indexes = [
            models.Index(fields=["standing", "valid_to"], name="roster_by_standing"),
            models.Index(fields=["body", "standing"], name="roster_by_body"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_words(self) -> list[str]:
        """专职调解员, 律师 …; where only the district's file speaks, that they mediate."""
        return [str(Kind(kind).label) for kind in Kind.values if kind in self.kinds] or [_("调解员")]

    @property
    def mediates(self) -> bool:
        """May be put in charge of a dispute, once in force: an account, and more than advice or help."""
        return self.user_id is not None and (not self.kinds or bool(MEDIATING & set(self.kinds)))

    @property
    def is_on(self) -> bool:
        """Has come onto the roster and not left it: cases go on while suspended or past the term."""
        return self.standing in (Enrolment.ON, Enrolment.SUSPENDED)

    @property
    def is_expired(self) -> bool:
        return self.is_on and self.valid_to is not None and self.valid_to < timezone.localdate()

    @property
    def days_left(self) -> int | None:
        return (self.valid_to - timezone.localdate()).days if self.valid_to else None

    @property
    def standing_words(self) -> str:
        """在册, 暂停 … or 已到期, which nobody writes down: it follows from the day."""
        if self.standing == Enrolment.ON and self.is_expired:
            return _("已到期")
        return str(Enrolment(self.standing).label)

    @property
    def declared(self) -> Ties:
        return Ties(**json.loads(self.ties)) if self.ties else Ties()

    @property
    def hours_words(self) -> str:
        """周一、周三 09:00–17:00；随叫随到"""
        named = dict(WEEKDAYS)
        parts = ["、".join(str(named[day]) for day in sorted(self.days))] if self.days else []
        if parts and self.hours_from and self.hours_to:
            parts[0] += f" {self.hours_from:%H:%M}–{self.hours_to:%H:%M}"
        return "；".join([*parts, *([_("随叫随到")] if self.on_call else [])])

    def why_not_named(self) -> str | None:
        """Why they cannot be put in charge of a dispute today, in a sentence; None if they can."""
        return self.why_not_at_work() or (
            None
            if self.mediates
            else _("%(name)s在名册上是专家、志愿者，或者没有账户，可以邀请参加，不能当承办的调解员。") % {"name": self}
        )

    def why_not_at_work(self) -> str | None:
        """Why they can neither mediate nor be invited today; None if they can."""
        words: dict[str, Any] = {"name": self, "to": self.valid_to, "why": self.reason}
        if self.standing == Enrolment.SUSPENDED:
            return _("%(name)s的调解资格暂停了：%(why)s。手上的案件照常办，不能接新的。") % words
        if self.standing == Enrolment.REMOVED:
            return _("%(name)s已退出名册：%(why)s。") % words
        if self.standing != Enrolment.ON:
            return _("%(name)s还没有通过审核，不在名册上。") % words
        if self.is_expired:
            return _("%(name)s的任期到 %(to)s 止，已经到期。续任以后才能接新的案件。") % words
        return None


class Serving(models.Model):
    """That somebody also works for a further body. It ends by a day, so that the past stays readable."""

    WITNESSED = True

    entry = models.ForeignKey(RosterEntry, models.PROTECT, related_name="servings")
    body = models.ForeignKey(Body, models.PROTECT, related_name="served_by")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "body"], name="roster_serves_a_body_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} → {self.body_id}"


GRADES: list[list[Any]] = [
    ["special", gettext_lazy("特级")], ["first", gettext_lazy("一级")], ["second", gettext_lazy("二级")],
    ["third", gettext_lazy("三级")],
]  # fmt: skip
LANGUAGES: list[list[Any]] = [
    ["putonghua", gettext_lazy("普通话")], ["local", gettext_lazy("本地话")], ["sign", gettext_lazy("手语")],
    ["english", gettext_lazy("英语")],
]  # fmt: skip


class RosterRules(models.Model):
    """What a county decides for itself: who reviews, which grades and languages there are, how long a term is.

    One row at most; without it the centre reviews and the built-in lists hold. Handbook 6: levels are configuration.
    """

    reviewer = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    grades = models.JSONField(default=list)  # [key, name], the highest first
    languages = models.JSONField(default=list)  # [key, name]
    term_years = models.PositiveSmallIntegerField(default=TERM_YEARS)

    class Meta:
        verbose_name_plural = "roster rules"

    def __str__(self) -> str:
        return f"{self.reviewer_id} {self.term_years}"

    @classmethod
    def now(cls) -> "RosterRules":
        """The rules in force."""
        return cls.objects.order_by("pk").first() or cls()

    @property
    def reviewing_body_id(self) -> int | None:
        if self.reviewer_id:
            return self.reviewer_id
        root = centre()
        return root.pk if root else None

    @property
    def grade_choices(self) -> list[tuple[str, Any]]:
        return [(key, name) for key, name in self.grades or GRADES]

    @property
    def language_choices(self) -> list[tuple[str, Any]]:
        return [(key, name) for key, name in self.languages or LANGUAGES]
