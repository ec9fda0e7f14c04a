"""Where a body may send a dispute: down in its own region, or to a specialist beside it; never up, never to a peer's people."""

from django.db.models import Q
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body, BodyKind, BodyQuerySet, centre
from fengqiao.kernel.errors import Refused

# Bodies that answer for a place. All others serve by subject: committees of a trade, studios, departments, courts.
TERRITORIAL = frozenset(
    {BodyKind.COUNTY_CENTER, BodyKind.TOWN_BRANCH, BodyKind.AREA, BodyKind.MDC_TOWN, BodyKind.MDC_VILLAGE}
)


def in_district() -> Q:
    """Bodies of this installation's county."""
    root = centre()
    return Q(region__code__range=root.region.span) if root else Q()


def reachable_from(body: Body) -> BodyQuerySet:
    """The bodies at work to which this body may dispatch, itself left out."""
    found = _specialists(body.superior or body)
    if body.coordinates:
        found |= Q(region__code__range=body.region.span)
    here = Body.objects.that_handle().filter(in_district()).exclude(pk=body.pk)
    return here.filter(found).select_related("region__level")


def lower_than(body: Body) -> Q:
    """Bodies that answer for a smaller place inside this body's own."""
    return Q(region__code__range=body.region.span, kind__in=TERRITORIAL) & ~Q(region=body.region_id)


def refuse_unreachable(body: Body, *, sender: Body) -> None:
    """Refused with what to do instead, where the sender may not send to the body."""
    if not body.is_active or not body.handles:
        raise Refused(_("%(body)s现在不接分派，请换一个单位。") % {"body": body})
    if not Body.objects.filter(in_district(), pk=body.pk).exists():
        raise Refused(_("%(body)s不在本区。要交给区外，请用“移送”，写明移送给谁。") % {"body": body})
    if not reachable_from(sender).filter(pk=body.pk).exists():
        raise Refused(
            _("%(sender)s不能分派给%(body)s。请用“上报”，由上级单位分派；只请对方帮忙，可以用“呼叫协办”。")
            % {"sender": sender, "body": body}
        )


def _specialists(coordinator: Body) -> Q:
    """Those who serve by subject under this coordinating body, directly or as part of a body that is."""
    under = Q(parent=coordinator) | Q(parent__parent=coordinator, parent__coordinates=False)
    return under & ~Q(kind__in=TERRITORIAL)
