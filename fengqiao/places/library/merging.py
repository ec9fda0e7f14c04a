"""Two addresses that are one: merged, and, where that was wrong, given back."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused
from fengqiao.ledger import book
from fengqiao.places.models import Address, AddressAlias, AddressLink, AliasKind, How, Status

from .commands import SUBJECT, changed, close, in_force, linked, reason, refuse_double
from .events import AddressGivenBack, AddressMerged, AddressReceived, AddressReopened
from .keying import rekey
from .keys import key_of


@transaction.atomic
def merge(address: Address, *, into: Address, why: str, seen: int | None = None, by: Any) -> Address:
    """`address` is retired, and all its names become names of `into`. Returns `into`."""
    why = reason(why)
    if address.pk == into.pk:
        raise Refused(_("不能并入它自己，请选另一个地址。"))
    _hold(address, into)
    address, into = in_force(address, seen), in_force(into)
    before = address.facts
    names = [_given(into, name, kind, address) for name, kind in _names(address)]
    given = [name for name in names if name is not None]
    close(address)
    links = linked(address, [into], How.MERGED, why)
    changed(into)
    rekey([into])
    told = AddressMerged(
        into=into.written, into_code=into.code, day=links[0].day.isoformat(), why=why, before=before,
        after=address.facts,
    )  # fmt: skip
    book.append(SUBJECT, address.pk, told, by=by, rows=[address, *links])
    received = AddressReceived(old=address.written, old_code=address.code, names=[str(name) for name in given], why=why)
    book.append(SUBJECT, into.pk, received, by=by, rows=[into, *given])
    return into


@transaction.atomic
def reopen(address: Address, *, why: str, seen: int | None = None, by: Any) -> Address:
    """Undo a retirement, a merging or a splitting: it is in force again, and the names that were given on come back.

    The pieces of a splitting stay as they are: whoever does not need them retires them. Refused where the same address was
    added meanwhile.
    """
    why = reason(why)
    links = list(AddressLink.objects.filter(old=address, is_active=True).select_related("new"))
    _hold(address, *(link.new for link in links))
    address = Address.objects.lock(address.pk, seen=seen)
    if address.is_in_force:
        raise Refused(_("“%(text)s”在用着，不用恢复。") % {"text": address.text})
    refuse_double(address.region, address.text)
    before = address.facts
    for link in links:
        link.is_active = False
        link.save(update_fields=["is_active"])
    address.status = Status.IN_FORCE
    changed(address)
    for link in links:
        if link.how == How.MERGED:
            _give_back(link.new, address, why, by)
    rekey([address])
    told = AddressReopened(
        text=address.written, why=why, undone=[link.new.code for link in links], before=before, after=address.facts
    )
    book.append(SUBJECT, address.pk, told, by=by, rows=[address, *links])
    return address


def _hold(*addresses: Address) -> None:
    """Take the rows in one order, so that two people who merge crosswise do not wait for each other for ever."""
    for pk in sorted(address.pk for address in addresses):
        Address.objects.lock(pk)


def _names(address: Address) -> list[tuple[str, AliasKind]]:
    own = [(address.text, AliasKind.FORMER)]
    return own + [(alias.name, AliasKind(alias.kind)) for alias in address.aliases.filter(is_active=True)]


def _given(into: Address, name: str, kind: AliasKind, merged_from: Address) -> AddressAlias | None:
    """The name as one of `into`; None where it has it already."""
    key = key_of(name)
    if key == key_of(into.text) or into.aliases.filter(key=key, is_active=True).exists():
        return None
    facts = {"name": name, "kind": kind, "is_active": True, "merged_from": merged_from}
    return AddressAlias.objects.update_or_create(address=into, key=key, defaults=facts)[0]


def _give_back(holder: Address, address: Address, why: str, by: Any) -> None:
    holder = Address.objects.lock(holder.pk)
    names = list(holder.aliases.filter(merged_from=address, is_active=True))
    for name in names:
        name.is_active = False
        name.save(update_fields=["is_active"])
    changed(holder)
    rekey([holder])
    told = AddressGivenBack(old=address.written, old_code=address.code, names=[str(name) for name in names], why=why)
    book.append(SUBJECT, holder.pk, told, by=by, rows=[holder, *names])
