"""Keeps the index in step with the addresses: which names each is found by, and the heads of those names."""

from collections.abc import Iterable, Iterator
from itertools import islice

from fengqiao.places.models import Address, AddressAlias, AddressHead, AddressKey

from . import index
from .keys import key_of

BATCH = 500


def rekey(addresses: Iterable[Address]) -> None:
    """Write the keys of these addresses anew, in the caller's transaction. A retired one is found by none."""
    waiting = iter(addresses)
    while batch := list(islice(waiting, BATCH)):
        _forget([address.pk for address in batch])
        _write([address for address in batch if address.is_in_force])


def rekey_all() -> None:
    """After regions got other names: every address is found by the new ones."""
    rekey(list(Address.objects.with_places()))


def first_keys(address: Address) -> None:
    """The keys of an address that was made in this very transaction."""
    _write([address])


def own_keys(address: Address) -> set[str]:
    """An address with a number and a compound is known by the whole, by the one and by the other."""
    below = address.building + address.unit + address.room
    by_number = address.road + address.number + below if address.number else ""
    by_name = address.poi + below if address.poi else ""
    return {key_of(text) for text in (address.text, by_number, by_name) if text}


def _forget(pks: list[int]) -> None:
    keys = list(AddressKey.objects.filter(address__in=pks).values_list("pk", flat=True))
    index.remove(keys)
    AddressKey.objects.filter(pk__in=keys).delete()


def _write(addresses: list[Address]) -> None:
    aliases: dict[int, list[AddressAlias]] = {}
    for alias in AddressAlias.objects.filter(address__in=[one.pk for one in addresses], is_active=True):
        aliases.setdefault(alias.address_id, []).append(alias)
    rows = [row for one in addresses for row in _keys(one, aliases.get(one.pk, []))]
    made = AddressKey.objects.bulk_create(rows, batch_size=BATCH)
    index.add([(row.pk, _place(row.address) + row.key) for row in made])
    heads = {head for one in addresses for head in (key_of(one.road), key_of(one.poi)) if head}
    heads |= {alias.key for some in aliases.values() for alias in some}
    new = heads - set(AddressHead.objects.filter(key__in=heads).values_list("key", flat=True))
    AddressHead.objects.bulk_create(
        [AddressHead(key=head, backwards=head[::-1]) for head in sorted(new)], ignore_conflicts=True
    )


def _keys(address: Address, aliases: list[AddressAlias]) -> Iterator[AddressKey]:
    own = own_keys(address)
    yield from (AddressKey(address=address, key=key) for key in sorted(own))
    yield from (AddressKey(address=address, key=one.key, alias=one) for one in aliases if one.key not in own)


def _place(address: Address) -> str:
    return key_of("".join(region.name for region in address.path))
