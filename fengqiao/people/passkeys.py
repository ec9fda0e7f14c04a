"""Keys that sign (WebAuthn): bound by their owner, good as a second factor, or alone where they verify the person."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from fengqiao.kernel.errors import Refused

from . import lockout, records
from .access_log import Visit
from .events import FactorAdded, FactorRemoved
from .factors import keep_one
from .models import Passkey, Result, User, Way
from .sign_in import admit_address, shut_out

MOST = 10  # keys of one person
Asked = tuple[dict[str, Any], dict[str, Any]]  # what the browser is asked, what the session remembers


@dataclass(frozen=True)
class Site:
    """For whom a key signs. A key made for one host is useless at another."""

    origin: str  # https://mediation.example.gov.cn
    name: str

    @property
    def server(self) -> Fido2Server:
        party = PublicKeyCredentialRpEntity(name=self.name, id=urlsplit(self.origin).hostname or "")
        return Fido2Server(party, verify_origin=lambda origin: origin == self.origin)


def ask_to_bind(user: User, site: Site) -> Asked:
    """Have the browser make a key. One that can verify its owner is preferred, so that it can stand alone."""
    options, state = site.server.register_begin(
        PublicKeyCredentialUserEntity(id=_handle(user), name=user.username, display_name=str(user)),
        [_data(key) for key in user.passkeys.all()],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(options), state


@transaction.atomic
def bind(user: User, site: Site, *, state: dict[str, Any], answer: Any, name: str) -> Passkey:
    """Keep the public half. Refused when the answer is not the one that was asked for."""
    user = records.hold(user)
    if user.passkeys.count() >= MOST:
        raise Refused(_("通行密钥最多 %(most)d 把，请先解除不用的。") % {"most": MOST})
    try:
        made = site.server.register_complete(state, answer)
    except Exception as wrong:  # the library raises what it likes on bytes that a stranger may have sent
        raise Refused(_("这把通行密钥没有绑成，请再试一次。")) from wrong
    data = made.credential_data
    if data is None or Passkey.objects.filter(credential=websafe_encode(data.credential_id)).exists():
        raise Refused(_("这把通行密钥已经绑过了。"))
    key = Passkey.objects.create(
        user=user, name=name.strip()[:40] or _("通行密钥"), credential=websafe_encode(data.credential_id),
        public_key=websafe_encode(bytes(data)), sign_count=made.counter, verifies_person=made.is_user_verified(),
    )  # fmt: skip
    records.tell(FactorAdded(what=Way.PASSKEY.value, name=key.name), about=user, by=user)
    return key


@transaction.atomic
def unbind(user: User, pk: int) -> None:
    """Refused where it is the last factor and one is required."""
    user = records.hold(user)
    key = user.passkeys.filter(pk=pk).first()
    if key is None:
        raise Refused(_("这把通行密钥已经解除了。"))
    keep_one(user, passkeys=user.passkeys.count() - 1)
    key.delete()
    records.tell(FactorRemoved(what=Way.PASSKEY.value, name=key.name), about=user, by=user)


def ask_to_sign(site: Site, user: User | None = None) -> Asked:
    """Have the browser sign. Without a user nobody's keys are named: whoever has one offers it themselves."""
    alone = user is None
    keys = [] if user is None else [_data(key) for key in user.passkeys.all()]
    needs = UserVerificationRequirement.REQUIRED if alone else UserVerificationRequirement.DISCOURAGED
    options, state = site.server.authenticate_begin(keys or None, user_verification=needs)
    return dict(options), state


def signed(site: Site, *, state: dict[str, Any], answer: Any, visit: Visit, user: User | None = None) -> User:
    """Whose key signed. With a user it must be one of theirs, and it is the second factor; without, it is enough alone.

    Raises NotAdmitted for an unknown key, a wrong signature, a key that went backwards (a copy), a closed account.
    """
    admit_address(visit, Way.PASSKEY)
    key = _key_in(answer)
    owner = key.user if key else user
    if key is None or (user is not None and key.user_id != user.pk) or not key.user.is_active:
        shut_out(Way.PASSKEY, Result.UNKNOWN if key is None else Result.CLOSED, visit, owner)
    if lockout.is_locked(lockout.FACTOR, str(key.user_id)):
        shut_out(Way.PASSKEY, Result.LOCKED, visit, owner)
    if not _checks(site, key, state, answer):
        shut_out(Way.PASSKEY, Result.WRONG, visit, owner)
    return key.user


def _checks(site: Site, key: Passkey, state: dict[str, Any], answer: Any) -> bool:
    try:
        site.server.authenticate_complete(state, [_data(key)], answer)
        heard = AuthenticationResponse.from_dict(answer)
    except Exception:  # see bind
        return False
    if heard.response.user_handle and heard.response.user_handle != _handle(key.user):
        return False
    with transaction.atomic():
        held = Passkey.objects.select_for_update().filter(pk=key.pk).first()
        counter = heard.response.authenticator_data.counter
        # WebAuthn 7.2 step 22: a counter that does not grow speaks of a copied key; keys that do not count say 0.
        if held is None or ((counter or held.sign_count) and counter <= held.sign_count):
            return False
        held.sign_count, held.used_at = counter, timezone.now()
        held.save(update_fields=["sign_count", "used_at"])
    return True


def _key_in(answer: Any) -> Passkey | None:
    named = answer.get("id") if isinstance(answer, dict) else None
    if not isinstance(named, str):
        return None
    return Passkey.objects.select_related("user").filter(credential=named).first()


def _data(key: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(websafe_decode(key.public_key))


def _handle(user: User) -> bytes:
    """What the key keeps of its owner: the number of the account, no name (WebAuthn 14.6.1)."""
    return f"fq{user.pk}".encode()
