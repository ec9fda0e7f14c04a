"""The only writers of the address library. Each leaves an entry in the ledger: who, why, before and after.

Every one is refused with a sentence for an address that is retired, doubled or outside the county, and Stale where `seen`
is not the version that the row has now.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.ledger import book
from fengqiao.places.models import CODE_LENGTH, Address, AddressAlias, AddressLink, AliasKind, How, Region, Status

from .events import (
    AddressAdded,
    AddressCorrected,
    AddressRetired,
    AddressSplit,
    AliasAdded,
    AliasDropped,
)
from .keying import first_keys, rekey
from .keys import key_of
from .parts import Parts, checked

SUBJECT = "address"
LONGEST_WHY, LONGEST_NAME = 300, 120
FEWEST_PIECES, MOST_PIECES = 2, 50
COUNTY_RANK = 1


@transaction.atomic
def add(region: Region, *, parts: Parts, why: str, by: Any, source: str = "") -> Address:
    """A new standard address in this region. Its code is the region's, and the next number there."""
    parts, why = checked(parts), reason(why)
    region = _held(region)
    refuse_double(region, parts.text)
    serial = 1 + (Address.objects.filter(region=region).aggregate(last=Max("serial"))["last"] or 0)
    code = f"{region.code.ljust(CODE_LENGTH, '0')}{serial:06}"
    address = Address(region=region, serial=serial, code=code, source=normalise(source), **parts.values)
    address.save(force_insert=True)
    first_keys(address)
    told = AddressAdded(text=address.written, code=code, why=why, after=address.facts)
    book.begin(SUBJECT, address.pk, told, by=by, rows=[address])
    return address


@transaction.atomic
def correct(address: Address, *, parts: Parts, why: str, seen: int | None = None, by: Any) -> Address:
    """The same place, written right. Refused where nothing changes: another region is another address."""
    parts, why = checked(parts), reason(why)
    address = in_force(address, seen)
    before, old = address.facts, address.written
    if parts.text != address.text:
        refuse_double(address.region, parts.text, besides=address)
    for name, value in parts.values.items():
        setattr(address, name, value)
    if address.facts == before:
        raise Refused(_("和原来一样，没有要改的。"))
    changed(address)
    rekey([address])
    told = AddressCorrected(old=old, text=address.written, why=why, before=before, after=address.facts)
    book.append(SUBJECT, address.pk, told, by=by, rows=[address])
    return address


@transaction.atomic
def add_alias(
    address: Address, *, name: str, kind: AliasKind, why: str, seen: int | None = None, by: Any
) -> AddressAlias:
    """Another name that people use. One that was dropped before comes back."""
    why, name = reason(why), normalise(name).replace("\n", " ")
    address, key = in_force(address, seen), key_of(name)
    if not key:
        raise Refused(_("请写别名。"))
    if len(name) > LONGEST_NAME:
        raise Refused(_("别名太长了，最多 %(n)d 个字。") % {"n": LONGEST_NAME})
    if key in (key_of(address.text), key_of(address.written)):
        raise Refused(_("这就是它的标准写法，不用再记。"))
    if address.aliases.filter(key=key, is_active=True).exists():
        raise Refused(_("“%(name)s”已经是它的名称。") % {"name": name})
    alias, _made = AddressAlias.objects.update_or_create(
        address=address, key=key, defaults={"name": name, "kind": kind, "is_active": True, "merged_from": None}
    )
    _renamed(address, AliasAdded(name=name, sort=AliasKind(kind).value, why=why), alias, by)
    return alias


@transaction.atomic
def drop_alias(alias: AddressAlias, *, why: str, seen: int | None = None, by: Any) -> AddressAlias:
    """A name that was a mistake. It is kept, and found by no more."""
    why, address = reason(why), in_force(alias.address, seen)
    alias = AddressAlias.objects.get(pk=alias.pk)
    if not alias.is_active:
        raise Refused(_("这个名称已经去掉了。"))
    alias.is_active = False
    alias.save(update_fields=["is_active"])
    _renamed(address, AliasDropped(name=alias.name, sort=alias.kind, why=why), alias, by)
    return alias


@transaction.atomic
def retire(address: Address, *, why: str, seen: int | None = None, by: Any) -> Address:
    """Pulled down, or never there. `merging.reopen` undoes it."""
    why, address = reason(why), in_force(address, seen)
    before = address.facts
    close(address)
    told = AddressRetired(text=address.written, why=why, before=before, after=address.facts)
    book.append(SUBJECT, address.pk, told, by=by, rows=[address])
    return address


@transaction.atomic
def split(address: Address, *, into: Sequence[Parts], why: str, seen: int | None = None, by: Any) -> list[Address]:
    """One becomes several: it is retired, and each piece is added, or taken where it stands in the library already."""
    why, address = reason(why), in_force(address, seen)
    wanted = [checked(parts) for parts in into]
    keys = [key_of(parts.text) for parts in wanted]
    if not FEWEST_PIECES <= len(wanted) <= MOST_PIECES:
        raise Refused(_("拆分要写出 %(few)d 到 %(most)d 个新地址。") % {"few": FEWEST_PIECES, "most": MOST_PIECES})
    if len(set(keys)) < len(keys) or key_of(address.text) in keys:
        raise Refused(_("拆出来的地址不能互相一样，也不能和原来一样。"))
    before = address.facts
    close(address)
    pieces = [twin_of(address.region, p.text) or add(address.region, parts=p, why=why, by=by) for p in wanted]
    links = linked(address, pieces, How.SPLIT, why)
    told = AddressSplit(
        into="、".join(piece.written for piece in pieces), codes=[piece.code for piece in pieces],
        day=links[0].day.isoformat(), why=why, before=before, after=address.facts,
    )  # fmt: skip
    book.append(SUBJECT, address.pk, told, by=by, rows=[address, *links])
    return pieces


# ── what the commands share ───────────────────────────────────────────────────────────────────────────────────────


def reason(why: str) -> str:
    """The reason in one form, without the full stop that the sentence puts after it."""
    text = normalise(why).replace("\n", " ").rstrip("。")
    if not text:
        raise Refused(_("请写理由，以后查得到为什么。"))
    if len(text) > LONGEST_WHY:
        raise Refused(_("理由太长了，最多 %(n)d 个字。") % {"n": LONGEST_WHY})
    return text


def in_force(address: Address, seen: int | None = None) -> Address:
    """The row, held until commit. Refused for a retired one."""
    held = Address.objects.lock(address.pk, seen=seen)
    if not held.is_in_force:
        raise Refused(_("“%(text)s”已经停用，要用请先恢复。") % {"text": held.text})
    return held


def twin_of(region: Region, text: str, besides: Address | None = None) -> Address | None:
    """The address in force there that is written the same, blanks and 栋 for 幢 aside."""
    key = key_of(text)
    same = Address.objects.in_force().filter(region=region, keys__key=key, keys__alias=None).with_places()
    return next((one for one in same if key_of(one.text) == key and one != besides), None)


def refuse_double(region: Region, text: str, besides: Address | None = None) -> None:
    if twin := twin_of(region, text, besides):
        told = _("“%(text)s”已经有了，编码 %(code)s。") % {"text": twin.written, "code": twin.code}
        raise Refused(told)


def changed(address: Address) -> None:
    address.version += 1
    address.save()


def close(address: Address) -> None:
    """Out of force, and out of the index."""
    address.status = Status.RETIRED
    changed(address)
    rekey([address])


def linked(old: Address, new: Iterable[Address], how: How, why: str) -> list[AddressLink]:
    day = timezone.localdate()
    rows = [AddressLink(old=old, new=one, how=how, day=day, reason=why) for one in new]
    for row in rows:
        row.save(force_insert=True)
    return rows


def _held(region: Region) -> Region:
    """The region, so that two people who add there get two numbers. Refused for what is not a place in this county."""
    held = Region.objects.select_for_update(of=("self",)).select_related("level", "parent__parent__parent")
    here = held.filter(pk=region.pk).first() if region.pk else None
    county = Region.objects.filter(level__rank=COUNTY_RANK).values_list("code", flat=True).first()
    if here is None or county is None or here.code[:6] != county[:6]:
        raise Refused(_("这个地方不在本区，地址库只收本区的地址。"))
    if here.level.rank == COUNTY_RANK:
        raise Refused(_("请选到镇街、村社或者网格，不能只到区。"))
    if here.is_slot:
        raise Refused(_("“%(name)s”还没有定名，请先选它上级的地方。") % {"name": here.name})
    return here


def _renamed(address: Address, told: Any, alias: models.Model, by: Any) -> None:
    changed(address)
    rekey([address])
    book.append(SUBJECT, address.pk, told, by=by, rows=[address, alias])
