"""The dispute, its parties, the bodies that assist, and the code table of categories. Rich in questions, poor in effects."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body
from fengqiao.disputes.lifecycle import CLOSED, STAGES, Act, Hat, Stage, State, step
from fengqiao.disputes.policies import SIGHT, hats, visible_to
from fengqiao.kernel import masking
from fengqiao.kernel.errors import Stale
from fengqiao.kernel.secrets import EncryptedTextField
from fengqiao.ledger.models import Entry
from fengqiao.places.models import Region

if TYPE_CHECKING:
    from .clock import Clock


class Channel(models.TextChoices):
    """Where it came from. Handbook 2.2, 7; the statistics also ask how the mediation came about (2.1)."""

    WINDOW = "window", gettext_lazy("窗口来访")
    ONLINE = "online", gettext_lazy("网上反映")
    PHONE = "phone", gettext_lazy("电话")
    LETTER = "letter", gettext_lazy("来信")
    GRID = "grid", gettext_lazy("网格上报")
    VILLAGE = "village", gettext_lazy("村社上报")
    HOTLINE = "12345", gettext_lazy("12345 热线")
    POLICE = "110", gettext_lazy("110 移交")
    COURT = "court", gettext_lazy("法院委派")
    PETITION = "petition", gettext_lazy("信访移交")
    API = "api", gettext_lazy("系统对接")
    IMPORT = "import", gettext_lazy("批量导入")


class Difficulty(models.TextChoices):
    """Handbook 2.4."""

    GENERAL = "general", gettext_lazy("一般")
    COMPLEX = "complex", gettext_lazy("复杂")
    MAJOR = "major", gettext_lazy("重大疑难")


class Risk(models.TextChoices):
    """Handbook 2.3: a proposal, with human override."""

    R0 = "R0", gettext_lazy("正常")
    R1 = "R1", gettext_lazy("黄色")
    R2 = "R2", gettext_lazy("橙色")
    R3 = "R3", gettext_lazy("红色")


class CategoryQuerySet(models.QuerySet["Category"]):
    def in_force(self) -> "CategoryQuerySet":
        """What may be chosen today."""
        today = timezone.localdate()
        return self.exclude(models.Q(effective_from__gt=today) | models.Q(effective_to__lt=today))


class Category(models.Model):
    """A row of the versioned code table of dispute types, with its cross-walks to other schemes."""

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=40)
    limit_key = models.CharField(max_length=40, default="mediate")
    crosswalk = models.JSONField(default=dict, blank=True)
    effective_from = models.DateField(null=True, blank=True)
    effective_to = models.DateField(null=True, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def visible_to(self, actor) -> "DisputeQuerySet":
        return self.filter(visible_to(actor))

    def holding(self, key: str) -> models.Exists:
        """Whether the dispute that `key` of another table's row names is one of these: row by row, not all keys gathered."""
        return models.Exists(self.filter(pk=models.OuterRef(key)))

    def lock(self, pk: int, *, seen: int | None = None) -> "Dispute":
        """The row, held until commit. `seen` is the version the person had before them; an older one is Stale."""
        dispute = self.select_for_update(of=("self",)).get(pk=pk)
        if seen is not None and seen != dispute.version:
            raise Stale(_("这件事刚刚有人动过，请看清现在的情况再办。您写的内容还在。"))
        return dispute

    def hold(self, pk: int) -> None:
        """The row, held until commit by who need not read it."""
        list(self.select_for_update(of=("self",)).filter(pk=pk).values_list("pk"))

    def update(self, **fields) -> int:
        if "state" in fields:
            raise TypeError("a dispute's state changes only through commands.advance")
        return super().update(**fields)

    def open(self) -> "DisputeQuerySet":
        return self.exclude(state__in=CLOSED)

    def with_names(self) -> "DisputeQuerySet":
        """With all that a list shows of each dispute, in a constant number of queries."""
        return self.select_related("body", "category", "mediator", "place").prefetch_related("parties")


class Dispute(models.Model):
    """One dispute, from the door to the archive."""

    WITNESSED = True

    number = models.CharField(max_length=30, unique=True)  # 2026-3187
    official_number = models.CharField(max_length=60)  # 吴矛〔2026〕3187号
    title = models.CharField(max_length=120)
    facts = models.TextField()  # in the person's own words
    demand = models.TextField(blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="disputes")
    difficulty = models.CharField(max_length=10, choices=Difficulty, default=Difficulty.GENERAL)
    risk = models.CharField(max_length=2, choices=Risk, default=Risk.R0)
    channel = models.CharField(max_length=12, choices=Channel)
    amount_fen = models.BigIntegerField(null=True, blank=True)
    is_restricted = models.BooleanField(default=False)  # minors, domestic violence, informers: named people only

    state = models.CharField(max_length=20, choices=State, default=State.REGISTERED, editable=False)
    version = models.PositiveIntegerField(default=1)
    # Keys without an index of their own lead one of those below, or are never asked for.
    body = models.ForeignKey(Body, models.PROTECT, related_name="disputes", db_index=False)  # that has it now
    region_code = models.CharField(max_length=15)  # of that body: its place in the tree
    first_body = models.ForeignKey(Body, models.PROTECT, related_name="received", db_index=False)  # 首接负责制
    sender = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="sent", db_index=False)
    mediator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="mediations", db_index=False
    )
    due_at = models.DateTimeField(null=True, blank=True)  # of the main clock; empty while it stands still

    place = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="disputes", db_index=False)
    address = models.CharField(max_length=200, blank=True)  # where it happened

    claimed_at = models.DateTimeField()  # the request interrupts the limitation period: 诉讼时效规定 12
    registered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    external_ref = models.CharField(max_length=80, null=True, blank=True, unique=True)  # its number in another system

    opening: "Opening | None" = None  # with what it was opened; only whoever opened it just now finds it here

    objects = DisputeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="dispute_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state__in=[State.MEDIATING, State.SUSPENDED, State.SIGNING])
                | models.Q(mediator__isnull=False),
                name="dispute_under_mediation_has_mediator",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "state", "due_at", *SIGHT], name="dispute_worklist"),
            models.Index(fields=["risk", "state", "body", *SIGHT], name="dispute_by_risk"),
            models.Index(fields=["body", "due_at"], name="dispute_by_body_due"),
            models.Index(fields=["body", "closed_at"], name="dispute_by_body_closed"),
            models.Index(fields=["first_body", "state"], name="dispute_by_first_body_state"),
            models.Index(fields=["mediator", "due_at"], name="dispute_by_mediator_due"),
            models.Index(fields=["region_code", "due_at"], name="dispute_by_region"),
            models.Index(fields=["due_at", "id"], name="dispute_by_due"),
            models.Index(fields=["registered_at", "first_body", "state"], name="dispute_by_registration"),
            models.Index(fields=["accepted_at", "body", "state", "due_at", "closed_at"], name="dispute_by_acceptance"),
            models.Index(fields=["place", "registered_at"], name="dispute_by_place"),
            models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="dispute_by_merged_into"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """Django's own would translate all twenty-one labels to find this one, on every line of every list."""
        return str(State(self.state).label)

    def get_channel_display(self) -> str:  # type: ignore[no-redef]
        return str(Channel(self.channel).label)

    @property
    def stage(self) -> Stage:
        return STAGES[State(self.state)]

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED

    @cached_property
    def cast(self) -> list["Party"]:
        return in_order(self.parties.all())

    @property
    def applicants(self) -> list["Party"]:
        return [party for party in self.cast if party.role == PartyRole.APPLICANT]

    @property
    def respondents(self) -> list["Party"]:
        return [party for party in self.cast if party.role == PartyRole.RESPONDENT]

    @property
    def who_against_whom(self) -> str:
        """沈*兰 对 周*国, masked, as lists show it."""
        ours, theirs = _several(self.applicants), _several(self.respondents)
        return _("%(ours)s 对 %(theirs)s") % {"ours": ours, "theirs": theirs} if theirs else ours

    @property
    def office(self) -> str:
        """The body that has it, by the name it bears; once it is closed, by the one it bore on that day."""
        return self.body.name_on(timezone.localdate(self.closed_at)) if self.closed_at else self.body.name

    @property
    def reception(self) -> str:
        """The body that registered it, by the name it bore then."""
        return self.first_body.name_on(timezone.localdate(self.registered_at))

    @property
    def committee(self) -> Body:
        """Whose name and seal its papers bear: the handling body, or the mediator's own committee where that is none."""
        home = self.mediator.home_body if self.mediator else None
        return home if home and home.is_committee and not self.body.is_committee else self.body

    def hats_of(self, actor) -> frozenset[Hat]:
        return hats(actor, self)

    def why_not(self, act: Act, actor) -> str | None:
        """The reason, in a sentence, why this person may not do this now; None if they may."""
        found = step(act, State(self.state))
        if found is None:
            return _("“%(state)s”时不能%(act)s。") % {"state": self.get_state_display(), "act": act.label}
        if not found.who & hats(actor, self):
            who = "、".join(str(hat.label) for hat in Hat if hat in found.who)
            return _("只有%(who)s可以%(act)s。") % {"who": who, "act": act.label}
        return None

    def acts_for(self, actor) -> list[Act]:
        return [act for act in Act if self.why_not(act, actor) is None]

    @property
    def main_clock(self):
        """The running clock of the stage, or None."""
        return self.clocks.filter(is_main=True, stopped_at=None).first()


@dataclass(frozen=True)
class Opening:
    """What was written with a dispute when it was opened, so that the rest of that change need not ask again."""

    clock: "Clock"
    entry: Entry


class PartyRole(models.TextChoices):
    APPLICANT = "applicant", gettext_lazy("申请人")
    RESPONDENT = "respondent", gettext_lazy("被申请人")
    THIRD = "third", gettext_lazy("利害关系人")


class PartyKind(models.TextChoices):
    PERSON = "person", gettext_lazy("个人")
    GROUP = "group", gettext_lazy("多人")
    ORGANISATION = "organisation", gettext_lazy("单位")


class Willing(models.TextChoices):
    UNKNOWN = "unknown", gettext_lazy("还没问")
    YES = "yes", gettext_lazy("愿意调解")
    NO = "no", gettext_lazy("不愿意调解")


class Party(models.Model):
    """Somebody on one side. What identifies a person is encrypted; an index beside it answers only "is it the same?"."""

    WITNESSED = True
    UNWITNESSED = frozenset({"sound_index"})

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="parties")
    role = models.CharField(max_length=12, choices=PartyRole)
    kind = models.CharField(max_length=12, choices=PartyKind, default=PartyKind.PERSON)
    name = models.CharField(max_length=80)
    sound_index = models.CharField(max_length=64, blank=True, default="", db_index=True)  # of how the name sounds
    sex = models.CharField(max_length=2, blank=True)
    born_on = models.DateField(null=True, blank=True)
    ethnicity = models.CharField(max_length=20, blank=True)
    occupation = models.CharField(max_length=40, blank=True)
    id_number = EncryptedTextField(blank=True, default="")
    id_index = models.CharField(max_length=64, blank=True, db_index=True)
    phone = EncryptedTextField(blank=True, default="")
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    tail_index = models.CharField(max_length=64, blank=True, db_index=True)  # of the last four digits
    home = EncryptedTextField(blank=True, default="")  # where the person lives, or the organisation's seat
    head_count = models.PositiveSmallIntegerField(default=1)  # how many people this party stands for
    representative = models.CharField(max_length=80, blank=True)  # who speaks for a group or an organisation
    agent = models.CharField(max_length=80, blank=True)
    needs = models.JSONField(default=list, blank=True)  # elder, deaf, filed_by_other …
    willing = models.CharField(max_length=10, choices=Willing, default=Willing.UNKNOWN)
    willing_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["dispute_id", "role", "pk"]
        indexes = [models.Index(fields=["name"], name="party_by_name")]
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.masked_name}"

    @property
    def is_person(self) -> bool:
        return self.kind != PartyKind.ORGANISATION

    @property
    def masked_name(self) -> str:
        return masking.name(self.name) if self.is_person else self.name

    @property
    def masked_phone(self) -> str:
        return masking.phone(self.phone) if self.phone else ""

    @property
    def masked_id_number(self) -> str:
        return masking.id_number(self.id_number) if self.id_number else ""

    @property
    def masked_home(self) -> str:
        return masking.address(self.home) if self.home else ""

    @property
    def age(self) -> int | None:
        """In whole years, today."""
        if self.born_on is None:
            return None
        today = timezone.localdate()
        return today.year - self.born_on.year - ((today.month, today.day) < (self.born_on.month, self.born_on.day))


class Assist(models.Model):
    """A body called in to help: 呼、分、联、销."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="assists")
    body = models.ForeignKey(Body, models.PROTECT, related_name="assists")
    reason = models.CharField(max_length=300)
    called_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "body"], name="dispute_assisted_once_by_body")]

    def __str__(self) -> str:
        return f"{self.body} → {self.dispute_id}"


class AssistAnswer(models.Model):
    """What the called body answered (回应): it comes, or it cannot, and why."""

    WITNESSED = True

    assist = models.OneToOneField(Assist, models.PROTECT, related_name="reply")
    comes = models.BooleanField()
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.assist} {self.comes}"


def in_order(parties: Iterable[Party]) -> list[Party]:
    """Applicants before respondents before others, each as they came."""
    return sorted(parties, key=lambda party: (party.role, party.pk))


def _several(parties: Iterable[Party]) -> str:
    names = [party.masked_name for party in parties]
    people = sum(party.head_count for party in parties)
    if len(names) > 1 or people > len(names):
        return _("%(name)s 等 %(n)d 人") % {"name": names[0], "n": max(people, len(names))}
    return names[0] if names else ""
