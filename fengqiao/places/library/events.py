"""What the ledger holds about an address, in its own chain (subject `address`): who, why, before and after."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry
from fengqiao.places.models import AliasKind


@entry("address.added", _("{by} 新增地址 {text}。理由：{why}。"), icon="map-pin-plus")
class AddressAdded(Event):
    text: str
    code: str
    why: str
    after: dict[str, Any]


@entry("address.corrected", _("{by} 把 {old} 改为 {text}。理由：{why}。"), icon="pencil")
class AddressCorrected(Event):
    old: str
    text: str
    why: str
    before: dict[str, Any]
    after: dict[str, Any]


@entry("address.named", _("{by} 记下{sort}“{name}”。理由：{why}。"), icon="tag", shows={"sort": AliasKind})
class AliasAdded(Event):
    name: str
    sort: str
    why: str


@entry("address.unnamed", _("{by} 去掉了名称“{name}”。理由：{why}。"), icon="tag-off")
class AliasDropped(Event):
    name: str
    sort: str
    why: str


@entry("address.retired", _("{by} 停用了这个地址。理由：{why}。"), icon="map-pin-off")
class AddressRetired(Event):
    text: str
    why: str
    before: dict[str, Any]
    after: dict[str, Any]


@entry("address.reopened", _("{by} 恢复使用这个地址。理由：{why}。"), icon="arrow-back-up")
class AddressReopened(Event):
    text: str
    why: str
    undone: list[str]  # codes of the addresses that it had become
    before: dict[str, Any]
    after: dict[str, Any]


@entry("address.merged", _("{by} 把这个地址并入 {into}，名称都归到那边。理由：{why}。"), icon="arrow-merge")
class AddressMerged(Event):
    into: str
    into_code: str
    day: str
    why: str
    before: dict[str, Any]
    after: dict[str, Any]


@entry("address.received", _("{by} 把 {old} 并到这里。理由：{why}。"), icon="arrow-merge")
class AddressReceived(Event):
    old: str
    old_code: str
    names: list[str]
    why: str


@entry("address.given_back", _("{by} 恢复了并到这里的 {old}，它的名称还给它。理由：{why}。"), icon="arrow-back-up")
class AddressGivenBack(Event):
    old: str
    old_code: str
    names: list[str]
    why: str


@entry("address.split", _("{by} 把这个地址拆分为 {into}。理由：{why}。"), icon="arrows-split")
class AddressSplit(Event):
    into: str
    codes: list[str]
    day: str
    why: str
    before: dict[str, Any]
    after: dict[str, Any]
