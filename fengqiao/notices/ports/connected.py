"""Which port a channel has in this installation (settings SMS_PORT and MAIL_PORT, docs/messages.md)."""

from django.conf import settings

from fengqiao.notices.models import Channel

from .answers import Port
from .mail import MailPort
from .sms import SmsPort


def port_of(channel: str) -> Port | None:
    """The port, or None where none is connected."""
    if channel == Channel.SMS:
        return SmsPort(**settings.SMS_PORT) if settings.SMS_PORT else None
    return MailPort(**settings.MAIL_PORT) if settings.MAIL_PORT else None
