"""How a party without an account comes to their own dispute: a code and a PIN on a slip, and a QR that shows progress only."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused
from fengqiao.kernel.secrets import blind_index, blind_indexes

from .models import Party, Pass

TRIES, LOCKED_FOR = 5, timedelta(minutes=15)


@dataclass(frozen=True)
class PartyActor:
    """A party, acting with a pass instead of an account."""

    party: Party
    pk = None
    is_authenticated = True

    @property
    def party_of(self) -> int:
        return self.party.dispute_id

    @property
    def ledger_id(self) -> str:
        return f"party:{self.party.pk}"

    def __str__(self) -> str:
        return str(self.party)


@dataclass(frozen=True)
class Issued:
    """A fresh pass with its PIN in clear: shown and printed once, stored nowhere."""

    access: Pass
    pin: str


def renew(party: Party) -> Issued:
    """A new pass in place of the party's older one, which stops working. Call inside a transaction."""
    Pass.objects.filter(party=party).delete()
    return issue(party, free_code())


def issue(party: Party, code: str) -> Issued:
    """The first pass of a party. Call inside a transaction."""
    pin, token = f"{secrets.randbelow(10**6):06}", secrets.token_urlsafe(18)
    access = Pass.objects.create(
        party=party, code=code, pin_index=_pin_index(code, pin),
        token=token, token_index=blind_index(token, "pass"),
    )  # fmt: skip
    return Issued(access, pin)


def by_token(token: str) -> Pass | None:
    """The pass behind a scanned QR, or None."""
    found = Pass.objects.filter(token_index__in=blind_indexes(token, "pass"))
    return found.select_related("party__dispute__body", "party__dispute__category").first()


def open_with(code: str, pin: str) -> Pass:
    """The pass, if code and PIN fit. Refused, in the same words, for an unknown code, a wrong PIN and a locked pass.

    Five wrong PINs lock a pass for fifteen minutes.
    """
    no = Refused(_("编号或密码不对。连续输错五次要等十五分钟。记不得了，可以带身份证到窗口重新打印。"))
    access = Pass.objects.filter(code=code).first()
    if access is None or not _try(access, pin):
        raise no
    return access


def _try(access: Pass, pin: str) -> bool:
    fits = access.pin_index in blind_indexes(f"{access.code}:{pin}", "pin")
    with transaction.atomic():
        row = Pass.objects.select_for_update().get(pk=access.pk)
        now = timezone.now()
        if row.locked_until and row.locked_until > now:
            return False
        row.failures = 0 if fits else row.failures + 1
        row.locked_until = now + LOCKED_FOR if row.failures >= TRIES else None
        if row.locked_until:
            row.failures = 0
        row.save(update_fields=["failures", "locked_until"])
    return fits


def _pin_index(code: str, pin: str) -> str:
    return blind_index(f"{code}:{pin}", "pin")


def free_code() -> str:
    """Eight digits that no pass has."""
    while True:
        code = f"{secrets.randbelow(9 * 10**7) + 10**7}"
        if not Pass.objects.filter(code=code).exists():
            return code
