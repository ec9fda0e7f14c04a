"""One message that leaves the house, and each attempt to deliver it."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.models import Dispute, Party
from fengqiao.kernel import masking
from fengqiao.kernel.secrets import EncryptedTextField
from fengqiao.ledger.models import Entry

KEY_BYTES = 16


class Channel(models.TextChoices):
    SMS = "sms", _("短信")
    MAIL = "mail", _("邮件")


class State(models.TextChoices):
    """From written to received. What is not known stands as such: it is a person's to settle, not the machine's."""

    WAITING = "waiting", _("等着发")
    SENDING = "sending", _("正在发")
    SENT = "sent", _("已发出")
    DELIVERED = "delivered", _("已送达")
    FAILED = "failed", _("没送到")
    GIVEN_UP = "given_up", _("试够了，没发成")
    UNCERTAIN = "uncertain", _("说不准发没发")
    UNCONNECTED = "unconnected", _("未接通")
    CANCELLED = "cancelled", _("不发了")


class Why(models.TextChoices):
    """Why it stands as it does, where that needs a word."""

    QUIET = "quiet", _("夜里不打扰，等到早上发")
    LATER = "later", _("没发成，过一会儿再试")
    REFUSED = "refused", _("对方不收")
    UNDELIVERED = "undelivered", _("回执说没送到")
    NO_ADDRESS = "no_address", _("没有可用的号码或者邮箱")
    STOPPED = "stopped", _("本人不要了")
    PAST = "past", _("过了时候，再发没有意义")
    RESTRICTED = "restricted", _("这件事后来限知，不再发")
    SILENT = "silent", _("发到一半断了，问不出结果")
    NO_PORT = "no_port", _("还没有接通这个渠道")
    UNREADABLE = "unreadable", _("内容或者号码解不开，可能被改过")
    BY_HAND = "by_hand", _("由管理员处理")


class Outcome(models.TextChoices):
    """What one attempt came to."""

    OPEN = "", _("没有记下结果")
    ACCEPTED = "accepted", _("收下了")
    DUPLICATE = "duplicate", _("对方说收过了")
    REFUSED = "refused", _("不收")
    NOT_TAKEN = "not_taken", _("这一次没有收下")
    UNKNOWN = "unknown", _("断在半路")
    NEVER_CAME = "never_came", _("问过了，对方没有收到")
    FOUND = "found", _("问过了，对方收到了")


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> "MessageQuerySet":
        return self.filter(state=State.WAITING, next_at__lte=now)

    def stranded(self, now: datetime) -> "MessageQuerySet":
        """Taken by a worker that has not said what became of them in time."""
        return self.filter(state=State.SENDING, lease_until__lte=now)


def new_key() -> str:
    return secrets.token_hex(KEY_BYTES)


class Message(models.Model):
    """To whom by reference, never by number: the address is looked up when it is sent. Its words are sealed at rest.

    `key` goes with it to the port, which does nothing twice for one key; `lease` says which worker has it in hand.
    """

    key = models.CharField(max_length=32, unique=True, default=new_key)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="messages")
    dispute = models.ForeignKey(Dispute, models.PROTECT, null=True, blank=True, related_name="messages")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="messages")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="messages")
    channel = models.CharField(max_length=10, choices=Channel)
    occasion = models.CharField(max_length=30)
    role = models.CharField(max_length=12)  # for whom the words were chosen
    version = models.CharField(max_length=8)  # of the words they were made from
    subject = EncryptedTextField(blank=True, default="")
    words = EncryptedTextField()
    parts = models.PositiveSmallIntegerField(default=1)  # SMS that it is charged as
    is_urgent = models.BooleanField(default=False)  # at night too

    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    why = models.CharField(max_length=12, choices=Why, blank=True, default="")
    said = models.CharField(max_length=200, blank=True, default="")  # by the port, without numbers
    tries = models.PositiveSmallIntegerField(default=0)
    asks = models.PositiveSmallIntegerField(default=0)  # how often the port was asked what became of it
    next_at = models.DateTimeField()
    good_until = models.DateTimeField(null=True, blank=True)
    lease = models.CharField(max_length=32, blank=True, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(party=None, user__isnull=False) | Q(party__isnull=False, user=None),
                name="message_to_a_party_or_to_staff",
            ),
            models.UniqueConstraint(fields=["entry", "party", "channel", "occasion"], name="message_party_told_once"),
            models.UniqueConstraint(fields=["entry", "user", "channel", "occasion"], name="message_staff_told_once"),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="message_waiting"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="message_in_hand"),
            models.Index(fields=["state", "-id"], name="message_by_state"),
            models.Index(fields=["created_at"], name="message_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.occasion} {self.pk}"

    @property
    def address(self) -> str:
        """In clear, as it is now: for the port alone. Empty where there is none that this channel reaches."""
        if self.party_id and self.party:
            choice = getattr(self.party, "message_choice", None)
            return self.party.phone if self.channel == Channel.SMS else (choice.mail if choice else "")
        if self.user is None:
            return ""
        wish = getattr(self.user, "message_preference", None)
        return self.user.phone if self.channel == Channel.SMS else (wish.mail_address if wish else "")

    @property
    def masked_address(self) -> str:
        """138****1234, s***@example.cn."""
        return masked_address(self.channel, self.address)

    @property
    def is_over(self) -> bool:
        return self.state not in (State.WAITING, State.SENDING, State.UNCERTAIN)

    @property
    def is_held_for_the_night(self) -> bool:
        return self.state == State.WAITING and self.why == Why.QUIET


def masked_address(channel: str, address: str) -> str:
    if channel == Channel.SMS or not address:
        return masking.phone(address) if address else ""
    name, _at, host = address.partition("@")
    return f"{name[:1]}***@{host}"


class Attempt(models.Model):
    """One try: when, to which address (masked), and what was answered."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attempts")
    n = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    to = models.CharField(max_length=80)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True, default=Outcome.OPEN)
    said = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["n"]
        constraints = [models.UniqueConstraint(fields=["message", "n"], name="message_attempt_numbered_once")]

    def __str__(self) -> str:
        return f"{self.message_id} #{self.n} {self.outcome}"
