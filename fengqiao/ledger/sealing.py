"""The daily seal: one signed row over the heads of all chains that grew."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from .hashing import GENESIS, canonical, digest
from .models import Entry, Seal, SealedHead

# A slow transaction may commit an entry after its day was sealed: look back this far for heads that were missed.
LOOK_BACK = timedelta(days=2)


@transaction.atomic
def seal(day: date, *, at: datetime | None = None) -> Seal:
    """Seal everything that happened up to the end of `day` (Asia/Shanghai). Sealing a day again returns its seal."""
    if done := Seal.objects.filter(day=day).first():
        return done
    last = Seal.objects.order_by("day").last()
    heads = _heads_since(last, day)
    prev = last.root if last else GENESIS
    root = root_of(prev, day, heads)
    key = _signing_key()
    row = Seal.objects.create(
        day=day, sealed_at=at or timezone.now(), heads=len(heads), root=root, prev=prev,
        key=_public(key),
        signature=key.sign(_message(day, prev, root)).hex(),
    )  # fmt: skip
    SealedHead.objects.bulk_create(
        [SealedHead(seal=row, subject=s, subject_id=i, seq=q, hash=h) for s, i, q, h in heads], batch_size=2000
    )
    return row


def seal_due(now: datetime | None = None) -> list[Seal]:
    """Seal every past day that has entries and no seal yet, the oldest first."""
    today = timezone.localdate(now)
    last = Seal.objects.order_by("day").last()
    first = Entry.objects.order_by("at").values_list("at", flat=True).first()
    if first is None:
        return []
    day = last.day + timedelta(days=1) if last else timezone.localdate(first)
    made = []
    while day < today:
        made.append(seal(day))
        day += timedelta(days=1)
    return made


def sealed_up_to(subject: str, pk: int) -> int:
    """The highest sequence number of this chain that lies under a seal; 0 if none does."""
    return SealedHead.objects.filter(subject=subject, subject_id=pk).aggregate(top=Max("seq"))["top"] or 0


def public_key() -> str:
    """The key that seals are checked with: Ed25519, raw, as hex."""
    return _public(_signing_key())


def root_of(prev: str, day: date, heads: Iterable[tuple[str, int, int, str]], like: str | None = None) -> str:
    return digest(prev, day.isoformat(), sorted([list(head) for head in heads]), like=like)


def signature_holds(row: Seal) -> bool:
    """Does the signature fit the row and its own public key?"""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(row.key)).verify(
            bytes.fromhex(row.signature), _message(row.day, row.prev, row.root)
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _heads_since(last: Seal | None, day: date) -> list[tuple[str, int, int, str]]:
    zone = timezone.get_default_timezone()
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone)
    grown = Entry.objects.filter(at__lt=end)
    if last:
        grown = grown.filter(at__gte=datetime.combine(last.day, datetime.min.time(), zone) - LOOK_BACK)
    tops = grown.order_by().values("subject", "subject_id").annotate(top=Max("seq"))
    tops_by = {(row["subject"], row["subject_id"]): row["top"] for row in tops.iterator()}
    known = (
        SealedHead.objects.order_by().values("subject", "subject_id").annotate(top=Max("seq")).iterator()
        if last
        else ()
    )
    for row in known:
        if tops_by.get((row["subject"], row["subject_id"])) == row["top"]:
            del tops_by[row["subject"], row["subject_id"]]
    hashes = grown.order_by().values_list("subject", "subject_id", "seq", "hash").iterator()
    return sorted(row for row in hashes if tops_by.get((row[0], row[1])) == row[2])


def _message(day: date, prev: str, root: str) -> bytes:
    return canonical(["fengqiao seal", day.isoformat(), prev, root])


def _public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def _signing_key() -> Ed25519PrivateKey:
    key = load_pem_private_key(settings.LEDGER_SIGNING_KEY.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("the ledger signs with an Ed25519 key")
    return key
