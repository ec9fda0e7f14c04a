"""Mail over SMTP. A mail server cannot be asked afterwards, so what breaks off after the last line stays uncertain."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, parseaddr

from fengqiao.notices.models import Outcome

from .answers import LONGEST_ANSWER, Answer, Parcel

STARTTLS, TLS, PLAIN = "starttls", "tls", "none"
SECURITY = (STARTTLS, TLS, PLAIN)


@dataclass(frozen=True)
class MailPort:
    """One server, one sender. `security`: starttls, tls (from the first byte) or none."""

    host: str
    port: int
    sender: str
    security: str = STARTTLS
    user: str = ""
    password: str = ""
    ca_file: str = ""  # who vouches for the server, where that is not one of the world's
    timeout: int = 15  # seconds

    @property
    def can_tell(self) -> bool:
        return False

    def send(self, parcel: Parcel) -> Answer:
        try:
            letter = self._letter(parcel).as_bytes()
            parcel.to.encode("ascii")
        except ValueError as wrong:  # no mail server would take such a line or such an address
            return Answer(Outcome.REFUSED, type(wrong).__name__)
        try:
            server = self._opened()
        except (OSError, smtplib.SMTPException) as silent:
            return Answer(Outcome.NOT_TAKEN, _said(silent))
        try:
            return self._handed_over(server, parcel.to, letter)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()

    def ask(self, key: str) -> Answer:
        return Answer(Outcome.NOT_TAKEN)

    def _opened(self) -> smtplib.SMTP:
        context = ssl.create_default_context(cafile=self.ca_file or None)
        if self.security == TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.security == STARTTLS:
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
            server.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        return server

    def _handed_over(self, server: smtplib.SMTP, to: str, letter: bytes) -> Answer:
        """Up to DATA nothing has been said; from then on only their last answer tells."""
        try:
            for code, said in (server.mail(parseaddr(self.sender)[1]), server.rcpt(to)):
                if code not in (250, 251):
                    return _judged(code, said)
        except (OSError, smtplib.SMTPException) as silent:
            return Answer(Outcome.NOT_TAKEN, _said(silent))
        try:
            return _judged(*server.data(letter))
        except smtplib.SMTPDataError as no:
            return _judged(no.smtp_code, no.smtp_error if isinstance(no.smtp_error, bytes) else b"")
        except (OSError, smtplib.SMTPException) as broken:
            return Answer(Outcome.UNKNOWN, _said(broken))

    def _letter(self, parcel: Parcel) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.sender, parcel.to, parcel.subject
        letter["Date"] = formatdate(localtime=True)
        letter["Message-ID"] = f"<{parcel.key}@{parseaddr(self.sender)[1].rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(parcel.words, cte="base64")  # whatever the server takes
        return letter


def _judged(code: int, said: bytes) -> Answer:
    if code < 300:
        return Answer(Outcome.ACCEPTED, str(code))
    told = f"{code} {said.decode(errors='replace')}"[:LONGEST_ANSWER]
    return Answer(Outcome.NOT_TAKEN if code < 500 else Outcome.REFUSED, told)


def _said(wrong: Exception) -> str:
    code = getattr(wrong, "smtp_code", "")
    return f"{type(wrong).__name__} {code}".strip()
