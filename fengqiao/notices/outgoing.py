"""Write the messages that an entry gives rise to, in the transaction that tells of it. Nothing is sent here: sending.py does."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fengqiao.agreements.sheet import absolute
from fengqiao.bodies.models import centre
from fengqiao.disputes.models import Dispute, Party, PartyRole, Willing
from fengqiao.intake.needs import NO_SMS
from fengqiao.kernel.remembering import asked_once
from fengqiao.ledger.models import Entry
from fengqiao.people.models import Role, User
from fengqiao.web import moments

from .models import Channel, Choice, Message, Preference, Reach, Why
from .occasions import STAFF, Telling
from .quiet import quiet_hours
from .texts import Book, Text, parts_of

MOBILE = re.compile(r"1[3-9][0-9]{9}")


def to_parties(entry: Entry, dispute: Dispute, tellings: Iterable[Telling]) -> int:
    """One message a channel that the party wants and can be reached by. Being asked twice adds nothing."""
    book, rows = Book.now(), list[Message]()
    for one in tellings:
        choice = choice_of(one.party)
        language = choice.language if choice else settings.LANGUAGE_CODE
        text = book.find(one.occasion, one.party.role, language)
        if text and (channels := channels_of(one.party, dispute)):
            facts = _facts(dispute, language, one=one)
            rows += [
                _row(entry, dispute, text, facts, channel, party=one.party, good_until=one.good_until)
                for channel in channels
            ]
    return len(_kept(rows))


def to_staff(entry: Entry, dispute: Dispute, people: Sequence[User]) -> int:
    """The same for colleagues, beside the inbox: as much of it as each wants, of what is about a dispute."""
    book, rows = Book.now(), list[Message]()
    for person in people:
        wish = _wish(person.pk) or Preference(user=person)
        text = book.find(STAFF.get(entry.kind, "notice"), role_of(person, dispute), wish.language)
        channels = _channels_of(person, wish, urgent=text.urgent) if text else []
        if text and channels:
            facts = _facts(dispute, wish.language, due=str((entry.payload or {}).get("due", "")))
            rows += [_row(entry, dispute, text, facts, channel, user=person) for channel in channels]
    return len(_kept(rows))


def digest_by_mail(entry: Entry, user: User, wish: Preference, count: int) -> int:
    """How much lies unread, to somebody's own mail address."""
    text = Book.now().find("digest", "staff", wish.language)
    if text is None:
        return 0
    facts = {**dict.fromkeys(("number", "title", "step", "office", "contact", "when", "code"), ""), "count": str(count)}
    facts["link"] = absolute(reverse("notices"))
    return len(_kept([_row(entry, None, text, facts, Channel.MAIL, user=user)]))


def choice_of(party: Party) -> Choice | None:
    """What the party said on their own page, if anything."""
    return getattr(party, "message_choice", None)


def channels_of(party: Party, dispute: Dispute) -> list[Channel]:
    """How this party may be told now."""
    choice, channels = choice_of(party), list[Channel]()
    if _mobile(party.phone) and wants_sms(party, dispute, choice):
        channels.append(Channel.SMS)
    if choice and choice.mail:
        channels.append(Channel.MAIL)
    return channels


def wants_sms(party: Party, dispute: Dispute, choice: Choice | None) -> bool:
    """Whether this party may be written to about their own matter.

    Their own word first. Of a restricted matter nobody is written to who did not ask for it: the telephone may be in other
    hands. Else who agreed to the privacy notice, which says so (个人信息保护法 13, 17), and of the others who takes part:
    is willing, or holds a pass. Whoever said at the window or on the form that they want none gets none.
    """
    if choice:
        return choice.sms
    if NO_SMS in party.needs or dispute.is_restricted:
        return False
    if party.consents.exists() or party.willing == Willing.YES:
        return True
    return party.role != PartyRole.APPLICANT and hasattr(party, "access")


def role_of(person: User, dispute: Dispute) -> str:
    """In which words this colleague is spoken to."""
    if dispute.mediator_id == person.pk:
        return "mediator"
    return "manager" if person.role in (Role.MANAGER, Role.LEADER) else "handler"


# ── how a message comes about ─────────────────────────────────────────────────────────────────────────────────────


@asked_once("notices_preference")
def _wish(user: int) -> Preference | None:
    """What a colleague said of how they want to be told, if anything."""
    return Preference.objects.filter(user=user).first()


def _row(
    entry: Entry, dispute: Dispute | None, text: Text, facts: dict[str, str], channel: Channel,
    *, party: Party | None = None, user: User | None = None, good_until: datetime | None = None,
) -> Message:  # fmt: skip
    subject, words = text.said(facts)
    now = timezone.now()
    waits = None if text.urgent else quiet_hours().until(now)
    return Message(
        entry=entry, dispute=dispute, party=party, user=user, channel=channel, occasion=text.occasion, role=text.role,
        version=text.version, subject=subject, words=words, is_urgent=text.urgent, good_until=good_until,
        parts=parts_of(words) if channel == Channel.SMS else 1, created_at=now, next_at=waits or now,
        why=Why.QUIET if waits else "",
    )  # fmt: skip


def _kept(rows: list[Message]) -> list[Message]:
    return Message.objects.bulk_create(rows, ignore_conflicts=True) if rows else []


def _facts(dispute: Dispute, language: str, *, one: Telling | None = None, due: str = "") -> dict[str, str]:
    """The fields of a message in its language. Of a restricted matter not even the kind and the office are told."""
    hidden = dispute.is_restricted
    with translation.override(language):
        return {
            "number": dispute.number,
            "title": _("矛盾纠纷") if hidden or dispute.category is None else dispute.category.name,
            "step": str(dispute.stage.way.label) if one else dispute.get_state_display(),
            "office": _("承办单位") if hidden else dispute.office,
            "contact": _contact(dispute),
            "when": _when(one) if one else due,
            "link": absolute(reverse("my") if one else reverse("dispute", args=[dispute.number])),
            "code": _code(one.party) if one else "",
            "count": "",
        }


def _when(one: Telling) -> str:
    if one.when is None:
        return ""
    return moments.until(one.when) if one.is_end else moments.moment(one.when)


def _contact(dispute: Dispute) -> str:
    """The public telephone of the office, else of the centre; where none is known, the window."""
    main = None if dispute.body.phone or dispute.is_restricted else centre()
    phone = "" if dispute.is_restricted else dispute.body.phone or (main.phone if main else "")
    return _("请打 %(phone)s") % {"phone": phone} if phone else _("请到窗口说")


def _code(party: Party) -> str:
    """The code by which they follow it. It opens nothing without the PIN, which is on the slip and goes by no message."""
    access: Any = getattr(party, "access", None)
    return _("查询码 %(code)s，密码在小票上。") % {"code": access.code} if access else ""


def _mobile(phone: str) -> str:
    return phone if MOBILE.fullmatch(phone) else ""


def _channels_of(person: User, wish: Preference, *, urgent: bool) -> list[Channel]:
    """How this colleague is told beside the inbox; most are not."""
    reached = {Channel.SMS: (wish.sms, _mobile(person.phone)), Channel.MAIL: (wish.mail, wish.mail_address)}
    return [channel for channel, (reach, address) in reached.items() if address and _reaches(reach, urgent=urgent)]


def _reaches(reach: str, *, urgent: bool) -> bool:
    return reach == Reach.ALL or (urgent and reach == Reach.URGENT)
