"""Kiosks and screens of a hall: a link made once by somebody of the hall, and taken back."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.secrets import blind_index
from fengqiao.kernel.text import normalise
from fengqiao.ledger import book
from fengqiao.people.models import User

from .events import DeviceMade, DeviceRevoked
from .models import Device, DeviceKind

LONGEST_NAME, MOST_DEVICES = 60, 20


@transaction.atomic
def make_device(body: Body, *, kind: str, name: str, by: User) -> tuple[Device, str]:
    """A device and the token of its link, which is shown once and kept nowhere. Refused to strangers."""
    body = Body.objects.lock(body.pk)
    if not by.works_at(body.pk):
        raise Refused(_("只有本单位大厅的人可以开通取号机和大屏。"))
    if kind not in DeviceKind.values:
        raise Refused(_("请选取号机或者大屏。"))
    if body.devices.filter(revoked_at=None).count() >= MOST_DEVICES:
        raise Refused(_("已经开通了 %(n)d 台，请先停用不用的。") % {"n": MOST_DEVICES})
    token = secrets.token_urlsafe(24)
    device = Device.objects.create(
        body=body, kind=kind, name=normalise(name)[:LONGEST_NAME] or str(DeviceKind(kind).label),
        token_index=blind_index(token, "device"), made_at=timezone.now(),
    )  # fmt: skip
    told = DeviceMade(device_id=device.pk, device=device.name, device_kind=kind)
    book.append("body", body.pk, told, by=by, rows=[device])
    return device, token


@transaction.atomic
def revoke_device(device: Device, *, by: User) -> Device:
    """Its link opens nothing any more. Taking it back twice changes nothing."""
    body = Body.objects.lock(device.body_id)
    if not by.works_at(body.pk):
        raise Refused(_("只有本单位大厅的人可以停用取号机和大屏。"))
    row = Device.objects.get(pk=device.pk)
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        told = DeviceRevoked(device_id=row.pk, device=row.name, device_kind=row.kind)
        book.append("body", body.pk, told, by=by, rows=[row])
    return row
