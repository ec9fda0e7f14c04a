"""What rules may name as the county stands now: its categories, places and bodies, and what they are called."""

from functools import cached_property

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Category, Channel, Difficulty
from fengqiao.people.models import CASE_WORKERS, User
from fengqiao.places.models import Region

from .lint import World


def world() -> World:
    """For the linter."""
    bodies = dict(Body.objects.that_handle().values_list("pk", "key"))
    staff = User.objects.filter(is_active=True, is_slot=False, role__in=CASE_WORKERS)
    manned = {station or home for station, home in staff.values_list("station_body_id", "home_body_id")}
    return World(
        categories=frozenset(Category.objects.values_list("code", flat=True)),
        places=frozenset(Region.objects.values_list("code", flat=True)), difficulties=frozenset(Difficulty.values),
        channels=frozenset(Channel.values), open_bodies=frozenset(bodies.values()),
        unmanned=frozenset(key for pk, key in bodies.items() if pk not in manned),
    )  # fmt: skip


class Names:
    """Asked once for each kind of name, and only where one is shown."""

    @cached_property
    def bodies(self) -> dict[str, str]:
        return dict(Body.objects.values_list("key", "name"))

    @cached_property
    def places(self) -> dict[str, str]:
        return dict(Region.objects.values_list("code", "name"))

    @cached_property
    def categories(self) -> dict[str, str]:
        return dict(Category.objects.values_list("code", "name"))
