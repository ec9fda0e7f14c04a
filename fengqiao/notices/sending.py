"""Bring messages to their ports, once each, whatever is killed in between.

A message is taken by one conditional UPDATE that puts a lease on it and writes down the attempt; that is committed before
the port hears of it, for nothing waits on a network inside a transaction. What came of it is written by a second one, if
the lease still holds. A worker that dies in between leaves a lease that runs out. Then the port is asked by the message's
key: it has it, and that is written down; it never got it, and it is sent again; it cannot be asked, as a mail server
cannot, and a person decides: better one message late than the same one twice.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from fengqiao.kernel.secrets import Unreadable

from .models import Attempt, Channel, Choice, Message, Outcome, State, Why
from .models.message import masked_address, new_key
from .ports.answers import Answer, Parcel
from .ports.connected import port_of
from .quiet import Quiet, quiet_hours

log = logging.getLogger(__name__)

AT_ONCE = 100  # messages that are looked up together
PATIENCE = 20.0  # seconds of one run: the worker has other things to do
TAKEN = (Outcome.ACCEPTED, Outcome.DUPLICATE, Outcome.FOUND)
NUMBERS = re.compile(r"\d{7,}|\S+@\S+")


@dataclass
class Round:
    """One run: until when, which ports it found shut, and what it has sent."""

    until: float
    quiet: Quiet
    shut: set[str]
    sent: int = 0

    @property
    def is_over(self) -> bool:
        return monotonic() >= self.until


def send_due() -> int:
    """Send what is due, and find out what became of what was left in the middle. Returns how many were sent.

    Any number of workers may do this at the same time. A port that does not open is knocked at once a run.
    """
    this = Round(monotonic() + PATIENCE, quiet_hours(), set())
    _unconnected()
    for message in _of(Message.objects.stranded, this):
        _find_out(message, this)
    for message in _of(Message.objects.due, this):
        _deliver(message, this)
    return this.sent


def settle(message: Message, answer: Answer, lease: str) -> bool:
    """Write down what came of it, if this lease is still the message's. Returns whether it was."""
    now = timezone.now()
    with transaction.atomic():
        held = Message.objects.filter(pk=message.pk, lease=lease, state__in=(State.SENDING, State.UNCERTAIN))
        kept = held.update(**_becomes(message, answer, now))
        if Message.objects.filter(pk=message.pk, lease=lease).exists():  # a report may have come before us
            last = message.attempts.order_by("-n")[:1].values("pk")
            Attempt.objects.filter(pk__in=last).update(ended_at=now, outcome=answer.outcome, said=plain(answer.said))
    return bool(kept)


def back_off(tries: int) -> timedelta:
    """How long to wait after so many tries: twice as long each time, up to the cap."""
    seconds = settings.MESSAGE_RETRY_SECONDS * 2 ** max(tries - 1, 0)
    return timedelta(seconds=min(seconds, settings.MESSAGE_RETRY_CAP_SECONDS))


def plain(said: str) -> str:
    """What a port said, without numbers and addresses of people."""
    return NUMBERS.sub("…", said)[:200]


# ── sending ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _of(rows: Any, this: Round) -> Iterator[Message]:
    """Those of them that are there now, a hundred at a time, each looked at once."""
    seen: set[int] = set()
    while not this.is_over:
        found = rows(timezone.now()).exclude(pk__in=seen).exclude(channel__in=this.shut).order_by("pk")
        batch = list(found.values_list("pk", flat=True)[:AT_ONCE])
        if not batch:
            return
        for pk in batch:
            seen.add(pk)
            message = None if this.is_over else _read(pk)
            if message and message.channel not in this.shut:
                yield message


def _read(pk: int) -> Message | None:
    """The message with its words and its address, or None for one that does not open: it must not stop all others."""
    try:
        return Message.objects.select_related("party__message_choice", "user__message_preference", "dispute").get(pk=pk)
    except Unreadable:
        Message.objects.filter(pk=pk, state=State.WAITING).update(state=State.FAILED, why=Why.UNREADABLE)
        Message.objects.filter(pk=pk, state=State.SENDING).update(state=State.UNCERTAIN, why=Why.UNREADABLE)
        log.error("message no. %s cannot be read", pk)
        return None


def _deliver(message: Message, this: Round) -> None:
    port = port_of(message.channel)
    if port is None or _is_held_back(message, this.quiet):
        return
    lease = new_key()
    if not _taken(message, lease):
        return
    answer = port.send(_parcel(message))
    if answer.outcome == Outcome.NOT_TAKEN:
        this.shut.add(message.channel)
    if settle(message, answer, lease) and answer.outcome in TAKEN:
        this.sent += 1
    # what breaks off on the way is found out when the lease has run out
    log.info("message %s: %s", message.key, answer.outcome)


def _taken(message: Message, lease: str) -> bool:
    """The claim: of all who try, one UPDATE finds it waiting. Its attempt is on record before the port hears of it."""
    now = timezone.now()
    with transaction.atomic():
        taken = Message.objects.due(now).filter(pk=message.pk).update(
            state=State.SENDING, why="", tries=F("tries") + 1, lease=lease, lease_until=now + _lease(),
        )  # fmt: skip
        if taken:
            message.tries += 1
            n = message.attempts.count() + 1
            to = masked_address(message.channel, message.address)
            Attempt.objects.create(message=message, n=n, begun_at=now, to=to)
    return bool(taken)


def _parcel(message: Message) -> Parcel:
    template = f"{message.occasion}.{message.role}.{message.version}"
    return Parcel(message.key, message.address, message.subject, message.words, template)


def _becomes(message: Message, answer: Answer, now: datetime) -> dict[str, Any]:
    """The columns that follow from an answer."""
    said = {"said": plain(answer.said)}
    if answer.outcome in TAKEN:
        done = {"state": State.DELIVERED, "delivered_at": now} if answer.delivered else {"state": State.SENT}
        return {**said, **done, "why": "", "sent_at": now}
    if answer.outcome == Outcome.REFUSED:
        return {**said, "state": State.FAILED, "why": Why.REFUSED}
    if answer.outcome == Outcome.NEVER_CAME:
        return {**said, "state": State.WAITING, "why": Why.LATER, "next_at": now}
    if answer.outcome == Outcome.UNKNOWN:  # the lease runs out at once: then it is asked
        return {**said, "lease_until": now}
    if message.tries >= settings.MESSAGE_TRIES:
        return {**said, "state": State.GIVEN_UP, "why": Why.LATER}
    return {**said, "state": State.WAITING, "why": Why.LATER, "next_at": now + back_off(message.tries)}


# ── what was left in the middle ───────────────────────────────────────────────────────────────────────────────────


def _find_out(message: Message, this: Round) -> None:
    """Whose lease has run out: ask the port, or leave it to a person where it cannot be asked."""
    port, lease, now = port_of(message.channel), new_key(), timezone.now()
    left = Message.objects.filter(pk=message.pk, state=State.SENDING, lease=message.lease, lease_until__lte=now)
    if not left.update(lease=lease, lease_until=now + _lease(), asks=F("asks") + 1):
        return  # another worker is at it
    answer = port.ask(message.key) if port and port.can_tell else None
    if answer and answer.outcome != Outcome.NOT_TAKEN:
        settle(message, answer, lease)
        this.sent += answer.outcome in TAKEN
        return
    mine = Message.objects.filter(pk=message.pk, lease=lease, state=State.SENDING)
    if answer and message.asks + 1 < settings.MESSAGE_TRIES:
        this.shut.add(message.channel)
        mine.update(lease_until=now + back_off(message.asks + 1))
    else:
        # the old lease goes back: whoever was only slow may still say how it went
        mine.update(state=State.UNCERTAIN, why=Why.SILENT, lease=message.lease)
        log.warning("message %s is left to a person", message.key)


# ── what is not sent ──────────────────────────────────────────────────────────────────────────────────────────────


def _unconnected() -> None:
    """What has no port stands in the outbox and says so."""
    for channel in Channel.values:
        if port_of(channel) is None:
            due = Message.objects.due(timezone.now()).filter(channel=channel)
            due.update(state=State.UNCONNECTED, why=Why.NO_PORT)


def _is_held_back(message: Message, quiet: Quiet) -> bool:
    """Whether it must not go now, or no more; what has changed since it was written is asked again."""
    now = timezone.now()
    waiting = Message.objects.filter(pk=message.pk, state=State.WAITING)
    if message.good_until and message.good_until <= now:
        return bool(waiting.update(state=State.CANCELLED, why=Why.PAST))
    if why := _unwanted(message):
        return bool(waiting.update(state=State.CANCELLED, why=why))
    if not message.address:
        return bool(waiting.update(state=State.FAILED, why=Why.NO_ADDRESS))
    if not message.is_urgent and (morning := quiet.until(now)):
        return bool(waiting.update(next_at=morning, why=Why.QUIET))
    return False


def _unwanted(message: Message) -> str:
    if message.user:
        return "" if message.user.is_active else Why.STOPPED
    choice = Choice.objects.filter(party=message.party_id).first()  # as it is now, not as it was when we began
    if choice:
        wants = choice.sms if message.channel == Channel.SMS else bool(choice.mail)
        return "" if wants else Why.STOPPED
    return Why.RESTRICTED if message.dispute and message.dispute.is_restricted else ""


def _lease() -> timedelta:
    return timedelta(seconds=settings.MESSAGE_LEASE_SECONDS)
