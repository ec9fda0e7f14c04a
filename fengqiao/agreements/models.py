"""Templates, the drafts of an agreement up to the one in force, who signed which words, and the links to sign by."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Dispute, Party
from fengqiao.kernel.secrets import EncryptedTextField
from fengqiao.papers.models import Paper
from fengqiao.people.models import User

MEDIATOR = "人民调解员"  # as papers call them, in any language of the screen
LINK_LIVES = timedelta(days=7)
WRONG_ANSWERS = 5  # four digits withstand no more guesses than these: the link is dead afterwards


class Template(models.Model):
    """One version of a model agreement. Staff pick it and edit freely; what was picked stays known."""

    WITNESSED = True

    key = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=40)
    category_codes = models.JSONField(default=list)
    issues = models.TextField(blank=True)
    responsibility = models.TextField(blank=True)
    clauses = models.JSONField(default=list)  # {text, plain}
    terms = models.JSONField(default=list)  # {what, debtor, creditor, method, amount, due}: sides, and names of blanks
    manner = models.TextField(blank=True)
    paper_only = models.BooleanField(default=False)  # personal status: 电子签名法 3
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["key", "version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="agreements_one_template_a_version"),
            models.UniqueConstraint(fields=["key"], condition=Q(is_active=True), name="agreements_one_active_template"),
        ]

    def __str__(self) -> str:
        return self.name


class Status(models.TextChoices):
    DRAFT = "draft", gettext_lazy("拟稿中")
    CIRCULATED = "circulated", gettext_lazy("等签名")
    WITHDRAWN = "withdrawn", gettext_lazy("已收回")
    IN_FORCE = "in_force", gettext_lazy("已生效")
    ORAL = "oral", gettext_lazy("口头协议，已生效")
    VOID = "void", gettext_lazy("已作废")


@dataclass(frozen=True)
class Slot:
    """A place for one signature: who is to sign, as what, and the signature once it is there."""

    signer: Party | User
    role: str  # 申请人, 被申请人, 调解员
    letter: str  # 甲方, 乙方, 人民调解员: as the paper calls them
    signature: "Signature | None"

    @property
    def party(self) -> Party | None:
        return self.signer if isinstance(self.signer, Party) else None

    @property
    def name(self) -> str:
        """Masked for a person, as screens show it."""
        return self.signer.masked_name if isinstance(self.signer, Party) else str(self.signer)


UNDER_WAY = (Status.DRAFT, Status.CIRCULATED)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def open(self) -> "AgreementQuerySet":
        """Being written or signed; a dispute has one at most."""
        return self.filter(status__in=UNDER_WAY)


class Agreement(models.Model):
    """One draft of one dispute's agreement. From circulation on its words and people stand still."""

    WITNESSED = True

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="agreements")
    draft = models.PositiveSmallIntegerField()  # 第 n 稿
    edition = models.PositiveSmallIntegerField(default=1)  # how often this draft was saved
    template = models.ForeignKey(Template, models.PROTECT, null=True, blank=True, related_name="agreements")
    committee = models.ForeignKey(Body, models.PROTECT, related_name="agreements")  # whose name, number and seal
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    facts = models.TextField(blank=True)
    issues = models.TextField(blank=True)
    responsibility = models.TextField(blank=True)
    clauses = models.JSONField(default=list)  # [{text, plain}]
    terms = models.JSONField(default=list)  # [{n, debtor, creditor, what, amount_fen, due_on, method}]
    accounts = EncryptedTextField(blank=True, default="")  # where to pay, one a term: 个人信息保护法 28
    manner = models.TextField(blank=True)
    place = models.CharField(max_length=100, blank=True)
    performed = models.CharField(max_length=200, blank=True)  # what was done on the spot
    copies = models.PositiveSmallIntegerField(default=3)
    paper_only = models.BooleanField(default=False)
    people = EncryptedTextField(blank=True, default="")  # the parties and the mediator as they stand on the paper
    text_sha256 = models.CharField(max_length=64, blank=True)  # of the frozen words; signatures are over it
    check_code = models.CharField(max_length=14, null=True, blank=True, unique=True)
    number = models.CharField(max_length=60, null=True, blank=True, unique=True)
    drafted_at = models.DateTimeField()
    circulated_at = models.DateTimeField(null=True, blank=True)
    effective_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # withdrawn, refused or void
    ended_by = models.CharField(max_length=80, blank=True)
    ended_why = models.TextField(blank=True)
    draft_paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")  # with number and seal
    scan = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")  # signed by hand

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["dispute_id", "draft"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "draft"], name="agreements_drafts_are_numbered"),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(status__in=["draft", "circulated"]), name="agreements_one_open_draft"
            ),
        ]

    def __str__(self) -> str:
        return self.number or _("第 %(n)d 稿") % {"n": self.draft}

    @property
    def is_open(self) -> bool:
        return self.status in UNDER_WAY

    @property
    def is_out(self) -> bool:
        """In the hands of those who are to sign."""
        return self.status == Status.CIRCULATED

    @property
    def is_binding(self) -> bool:
        return self.status in (Status.IN_FORCE, Status.ORAL)

    @property
    def source(self) -> str:
        """How obligations name where they come from."""
        return f"agreement:{self.pk}"

    @property
    def title(self) -> str:
        if self.status == Status.ORAL or (self.status == Status.VOID and not self.circulated_at):
            return _("人民调解口头协议")
        return _("人民调解协议书")

    @property
    def cast(self) -> dict[str, Any]:
        """`parties` (as printed, each with its key and its letter) and `mediator`, frozen at circulation."""
        return json.loads(self.people) if self.people else {"parties": [], "mediator": None}

    @cast.setter
    def cast(self, people: dict[str, Any]) -> None:
        self.people = json.dumps(people, ensure_ascii=False)

    @cached_property
    def slots(self) -> list[Slot]:
        """Who must sign, parties first; the committee's seal follows the last of them by itself."""
        signed: dict[tuple[str, int | None], Signature] = {}
        for one in self.signatures.all():
            signed["party" if one.party_id else "user", one.party_id or one.user_id] = one
        parties = {party.pk: party for party in self.dispute.parties.all()}
        cast = self.cast
        slots = [
            Slot(parties[line["party"]], str(parties[line["party"]].get_role_display()), line["letter"],
                 signed.get(("party", line["party"])))
            for line in cast["parties"]
        ]  # fmt: skip
        if cast["mediator"]:
            key, now = cast["mediator"]["user"], self.dispute.mediator
            user = now if now and now.pk == key else User.objects.get(pk=key)
            slots.append(Slot(user, _("调解员"), MEDIATOR, signed.get(("user", user.pk))))
        return slots

    @property
    def signed(self) -> int:
        return sum(slot.signature is not None for slot in self.slots)

    @property
    def needed(self) -> int:
        return len(self.slots)

    @property
    def missing(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.signature is None]

    def slot_of(self, signer: Party | User) -> Slot | None:
        return next((slot for slot in self.slots if slot.signer == signer), None)

    @property
    def earlier(self) -> "Agreement | None":
        """The draft before this one."""
        return self.dispute.agreements.filter(draft__lt=self.draft).order_by("draft").last()


def drafts_of(dispute: Dispute) -> list[Agreement]:
    """All drafts in their order, read once for each reading of the dispute: its page asks for them in several places."""
    known: list[Agreement] | None = vars(dispute).get("_drafts")
    if known is None:
        found = dispute.agreements.select_related("template").prefetch_related("signatures")
        known = vars(dispute)["_drafts"] = list(found.order_by("draft"))
    return known


class How(models.TextChoices):
    PHONE = "phone", gettext_lazy("手机上签")
    DESK = "desk", gettext_lazy("屏幕上签")
    PAPER = "paper", gettext_lazy("纸上签")


class Signature(models.Model):
    """One signer under one agreement: over which words, how, after reading what. What identifies a hand is encrypted."""

    WITNESSED = True

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="signatures")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="signatures")
    how = models.CharField(max_length=10, choices=How)
    digest = models.CharField(max_length=64)  # Agreement.text_sha256 as the signer saw it
    image = EncryptedTextField(blank=True, default="")  # PNG, base64
    strokes = EncryptedTextField(blank=True, default="")  # JSON of the signature pad: points with time and pressure
    statements = models.JSONField(default=list)
    read_clauses = models.JSONField(default=list)  # from 1
    identity = models.CharField(max_length=20, blank=True)  # how it was known who signs
    at = models.DateTimeField()
    signed_on = models.DateField()  # on paper it may lie before `at`
    recorded_by = models.CharField(max_length=80)
    ip_hash = models.CharField(max_length=64, blank=True)
    user_agent = models.CharField(max_length=200, blank=True)
    scan = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["agreement_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="agreements_a_party_signs_once"),
            models.UniqueConstraint(fields=["agreement", "user"], name="agreements_a_mediator_signs_once"),
            models.CheckConstraint(
                condition=Q(party__isnull=False, user__isnull=True) | Q(party__isnull=True, user__isnull=False),
                name="agreements_one_signer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.signer}"

    @property
    def signer(self) -> Any:
        return self.party or self.user

    @property
    def picture(self) -> bytes:
        return base64.b64decode(self.image) if self.image else b""


class SigningLink(models.Model):
    """A party's own way to read and sign one draft, on their own phone."""

    WITNESSED = True
    UNWITNESSED = frozenset({"failures", "used_at"})

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="links")
    party = models.ForeignKey(Party, models.PROTECT, related_name="signing_links")
    token = EncryptedTextField()
    token_index = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["agreement_id", "pk"]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.party_id}"

    def is_alive(self, now: datetime | None = None) -> bool:
        return self.expires_at > (now or timezone.now()) and self.failures < WRONG_ANSWERS
