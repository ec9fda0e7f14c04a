"""Where a resident can go or call: the centre and its branches, as the district's data has them."""

from fengqiao.bodies.models import Body


def windows() -> list[Body]:
    """The bodies that answer for a place, the centre first; those whose name is still an empty slot stay away."""
    found = Body.objects.at_work().filter(coordinates=True, is_slot=False).select_related("region__level")
    return sorted(found, key=lambda body: (body.region.level.rank, body.region.code, body.pk))


def someone_to_call() -> str:
    """The telephone of the centre; nothing where none is entered."""
    centre = Body.objects.root()
    return centre.phone if centre else ""
