"""The second factor: an app with six digits, and codes for the day it is gone. Keys that sign are in passkeys.py."""

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from fengqiao.kernel.errors import Refused
from fengqiao.kernel.secrets import blind_index, blind_indexes, constant_time_equal

from . import lockout, records, sessions
from .access_log import Visit, log
from .duties import Duty, require
from .events import FactorAdded, FactorRemoved, FactorReset
from .models import AuthenticatorApp, RecoveryCode, Result, User, Way

SECRET_BYTES, DIGITS, STEP = 20, 6, 30  # RFC 4226 4, RFC 6238; what every app can do
DRIFT = 1  # steps that a phone's clock may be off, either way
CODES, CODE_LETTERS = 10, "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Factors:
    """What an account has, for the page that lists it."""

    app: bool
    codes: int
    passkeys: int

    @property
    def any(self) -> bool:
        return self.app or self.passkeys > 0


def factors_of(user: User) -> Factors:
    app = AuthenticatorApp.objects.filter(user=user).exists()
    return Factors(app, user.recovery_codes.count(), user.passkeys.count())


def is_required(user: User) -> bool:
    """Whether this account may not do without."""
    return settings.SECOND_FACTOR == "required"


# ── the app ───────────────────────────────────────────────────────────────────────────────────────────────────────


def new_secret() -> str:
    """For an app that is about to be bound; base32, 160 bits."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def address_for_app(user: User, secret: str, issuer: str) -> str:
    """What the QR code says (otpauth)."""
    label = quote(f"{issuer}:{user.username}")
    return f"otpauth://totp/{label}?" + urlencode({"secret": secret, "issuer": issuer, "digits": DIGITS})


@sensitive_variables("secret", "code")
@transaction.atomic
def bind_app(user: User, *, secret: str, code: str) -> list[str]:
    """Bind an app that shows the right digits, in place of an earlier one. Returns fresh recovery codes, in clear, once.

    Refused when the digits are wrong: then the phone did not take the secret, or its clock is off.
    """
    step = _step_of(secret, code)
    if step is None:
        raise Refused(_("验证码不对。请看手机上现在显示的六位数字；一直不对，请把手机时间设成自动。"))
    user = records.hold(user)
    AuthenticatorApp.objects.filter(user=user).delete()
    AuthenticatorApp.objects.create(user=user, secret=secret, last_step=step, used_at=timezone.now())
    records.tell(FactorAdded(what=Way.APP.value), about=user, by=user)
    return _fresh_codes(user)


@transaction.atomic
def unbind_app(user: User) -> None:
    """Refused where it is the last factor and one is required."""
    user = records.hold(user)
    if not AuthenticatorApp.objects.filter(user=user).exists():
        raise Refused(_("没有绑定手机验证器。"))
    keep_one(user, apps=0)
    user.recovery_codes.all().delete()
    AuthenticatorApp.objects.filter(user=user).delete()
    records.tell(FactorRemoved(what=Way.APP.value), about=user, by=user)


def keep_one(user: User, *, apps: int | None = None, passkeys: int | None = None) -> None:
    """Refused where nothing would be left and something is required."""
    has = factors_of(user)
    left = (int(has.app) if apps is None else apps) + (has.passkeys if passkeys is None else passkeys)
    if is_required(user) and left == 0:
        raise Refused(_("这里规定必须有二次验证，这是最后一种，不能解除。请先另绑一种。"))


@transaction.atomic
def renew_codes(user: User) -> list[str]:
    """Ten fresh recovery codes; the earlier ones stop working. Refused without an app that they stand in for."""
    user = records.hold(user)
    if not AuthenticatorApp.objects.filter(user=user).exists():
        raise Refused(_("备用码是代替手机验证器的，请先绑定手机验证器。"))
    records.tell(FactorAdded(what=Way.RECOVERY.value), about=user, by=user)
    return _fresh_codes(user)


@sensitive_variables("typed")
def check_code(user: User, typed: str, *, visit: Visit) -> Way:
    """Which factor this code proves. Refused, in the same words, for a wrong code, a used one and too many tries."""
    typed = "".join(typed.split()).replace("-", "").lower()
    admitted = lockout.admit(lockout.FACTOR, str(user.pk))
    way = _proved(user, typed) if admitted else None
    if way is None:
        log(Way.APP, Result.WRONG if admitted else Result.LOCKED, visit=visit, user=user)
        told = _("验证码不对，或者已经用过。每个验证码只能用一次；连着错 %(most)d 次要等 %(minutes)d 分钟。")
        raise Refused(told % {"most": settings.LOCK_AFTER, "minutes": settings.LOCK_MINUTES})
    lockout.clear(lockout.FACTOR, str(user.pk))
    return way


@transaction.atomic
def reset(user: User, *, reason: str, by: object) -> None:
    """The phone is lost: everything is unbound, and every session ends. Refused without a reason and for oneself."""
    require(by, Duty.RESET_FACTOR)
    user = records.hold(user)
    if isinstance(by, User) and by.pk == user.pk:
        raise Refused(_("自己的二次验证要由另一位安全管理员清除。"))
    if not reason.strip():
        raise Refused(_("请写明理由。"))
    AuthenticatorApp.objects.filter(user=user).delete()
    for things in (user.recovery_codes, user.passkeys):
        things.all().delete()
    lockout.clear(lockout.FACTOR, str(user.pk))
    sessions.end_all(user)
    records.tell(FactorReset(whom=str(user), reason=reason.strip()), about=user, by=by)


# ── how it is done ────────────────────────────────────────────────────────────────────────────────────────────────


def _proved(user: User, typed: str) -> Way | None:
    with transaction.atomic():
        app = AuthenticatorApp.objects.select_for_update().filter(user=user).first()
        if app is not None and (step := _step_of(app.secret, typed)) is not None and step > app.last_step:
            app.last_step, app.used_at = step, timezone.now()
            app.save(update_fields=["last_step", "used_at"])
            return Way.APP
        # Deleting tells who was first, if two come with the same code.
        used = RecoveryCode.objects.filter(user=user, index__in=_indexes(user, typed)).delete()[0]
    return Way.RECOVERY if used else None


def _step_of(secret: str, code: str) -> int | None:
    """The newest step around now that shows these digits."""
    now = int(timezone.now().timestamp()) // STEP
    machine = TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP)  # noqa: S303 (HMAC-SHA-1: what every app can do, RFC 6238)
    right = (step for step in range(now + DRIFT, now - DRIFT - 1, -1) if _shows(machine, step, code))
    return next(right, None)


def _shows(machine: TOTP, step: int, code: str) -> bool:
    return constant_time_equal(machine.generate(step * STEP).decode(), code)


def _fresh_codes(user: User) -> list[str]:
    user.recovery_codes.all().delete()
    codes = ["".join(secrets.choice(CODE_LETTERS) for _n in range(CODE_LENGTH)) for _c in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, index=_index(user, code)) for code in codes)
    half = CODE_LENGTH // 2
    return [f"{code[:half]}-{code[half:]}" for code in codes]


def _index(user: User, code: str) -> str:
    return blind_index(f"{user.pk}:{code}", "recovery")


def _indexes(user: User, code: str) -> Iterable[str]:
    return blind_indexes(f"{user.pk}:{code}", "recovery")
