"""What people do about notices and messages: read, choose how to be told, and settle what did not go by itself."""

from collections.abc import Callable
from datetime import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.commands import note
from fengqiao.disputes.models import Dispute, Party
from fengqiao.disputes.passes import PartyActor
from fengqiao.kernel.errors import Refused, Stale
from fengqiao.ledger import book
from fengqiao.people.duties import Duty, require
from fengqiao.people.models import User

from .events import SUBJECT, MessageCancelled, MessageConfirmed, MessageRetried, MessagesChosen
from .models import Choice, Digest, Message, Notice, Preference, Reach, State, Why

RETRIED = (State.FAILED, State.GIVEN_UP, State.UNCERTAIN, State.UNCONNECTED, State.CANCELLED)
CANCELLED = (State.WAITING, State.UNCONNECTED, State.UNCERTAIN)


@transaction.atomic
def read(notice: Notice, *, by: User) -> Notice:
    """The one it is for has seen it. Somebody else's notice stays unread."""
    if notice.to_id == by.pk and not notice.is_read:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def read_all(*, by: User) -> int:
    """All of one's own notices are seen. Returns how many were not before."""
    return Notice.objects.of(by).unread().update(read_at=timezone.now())


# ── how one wants to be told ──────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def prefer(
    *, sms: str, mail: str, mail_address: str, language: str, digest: str, digest_at: time, by: User
) -> Preference:
    """What a member of staff wants outside the inbox. Refused for mail without an address."""
    address = _mail_address(mail_address)
    if sms not in Reach.values or mail not in Reach.values or digest not in Digest.values:
        raise Refused(_("请从给出的选项里选。"))
    if mail != Reach.NONE and not address:
        raise Refused(_("要收邮件，请写上邮箱；不写邮箱就选“都不要”。"))
    wish, _made = Preference.objects.select_for_update().get_or_create(user=by)
    wish.sms, wish.mail, wish.mail_address, wish.language = sms, mail, address, _language(language)
    wish.digest, wish.digest_at = digest, digest_at
    wish.save()
    return wish


@transaction.atomic
def choose(party: Party, *, sms: bool, mail: str, language: str, by: PartyActor, seen: int | None = None) -> Choice:
    """A party says how they want to hear of their own matter; what waits to be sent keeps to it.

    Only the party itself may. `seen` is the version of the choice that they had before them.
    """
    if by.party.pk != party.pk:
        raise Refused(_("只有本人可以改自己怎么收消息。"))
    dispute = Dispute.objects.lock(party.dispute_id)
    address = _mail_address(mail)
    choice = Choice.objects.filter(party=party).first() or Choice(party=party, version=0)
    if seen is not None and seen != choice.version:
        raise Stale(_("这里刚刚改过，请看清现在的再改。"))
    choice.sms, choice.mail, choice.language = sms, address, _language(language)
    choice.version, choice.at = choice.version + 1, timezone.now()
    choice.save()
    words = {True: _("要"), False: _("不要")}
    told = MessagesChosen(party_id=party.pk, sms=words[sms], mail=words[bool(address)])
    note(dispute, told, by=by)
    return choice


def _mail_address(text: str) -> str:
    """The address, or nothing. Refused for what is none."""
    text = text.strip()
    try:
        if text:
            validate_email(text)
    except ValidationError as no:
        raise Refused(_("这个邮箱的写法不对，应像 name@example.cn。")) from no
    return text


def _language(code: str) -> str:
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


# ── what did not go by itself ─────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def retry(message: Message, *, by: User) -> Message:
    """Send it once more, as the same message: a gateway that has it already does nothing twice."""
    message = _held(message, RETRIED, by, lambda state: _("“%(state)s”的不用再发。") % {"state": state})
    _change(message, MessageRetried(channel=message.channel, was=message.state), by)
    now = timezone.now()
    message.state, message.why, message.tries, message.asks = State.WAITING, "", 0, 0
    message.next_at, message.lease, message.lease_until = now, "", None
    message.save(update_fields=["state", "why", "tries", "asks", "next_at", "lease", "lease_until"])
    return message


@transaction.atomic
def cancel(message: Message, *, by: User) -> Message:
    """It is not sent."""
    message = _held(message, CANCELLED, by, lambda state: _("“%(state)s”的取消不了。") % {"state": state})
    _change(message, MessageCancelled(channel=message.channel, was=message.state), by)
    message.state, message.why, message.lease = State.CANCELLED, Why.BY_HAND, ""
    message.save(update_fields=["state", "why", "lease"])
    return message


@transaction.atomic
def confirm_sent(message: Message, *, by: User) -> Message:
    """Somebody has found out that it did go."""
    told = _("只有“说不准发没发”的要核实。")
    message = _held(message, (State.UNCERTAIN,), by, lambda _state: told)
    _change(message, MessageConfirmed(channel=message.channel), by)
    message.state, message.why, message.lease = State.SENT, Why.BY_HAND, ""
    message.sent_at = message.sent_at or timezone.now()
    message.save(update_fields=["state", "why", "lease", "sent_at"])
    return message


def _held(message: Message, states: tuple[State, ...], by: User, why: Callable[[str], str]) -> Message:
    require(by, Duty.KEEP_MESSAGES)
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if message.state not in states:
        raise Refused(why(str(message.get_state_display())))
    return message


def _change(message: Message, event: MessageRetried | MessageCancelled | MessageConfirmed, by: User) -> None:
    book.append(SUBJECT, message.pk, event, by=by)
