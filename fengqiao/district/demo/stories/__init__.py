"""Every story of the demonstration. The first dozen are the ones worth showing when only a few are wanted."""

from collections.abc import Callable

from ..life import Story
from ..telling import Telling
from . import money, neighbours, offices

STORIES: tuple[Callable[[Telling], Story], ...] = (
    neighbours.water_leak, offices.street_lamp, offices.noise_of_works, money.wages, money.renovation, money.deposit,
    offices.furniture, offices.lift, neighbours.rack_fell, neighbours.stairwell, money.loan_failed, money.gym_closed,
    neighbours.parents_care, neighbours.dog_bite, neighbours.no_light, neighbours.water_meter, offices.smoke,
    offices.scooter, offices.flat_share, offices.returned, offices.land, offices.rejected, offices.withdrawn,
    offices.handed_over, money.borrowed, money.confirmed, offices.other_town, offices.other_town_waiting,
    offices.camera,
)  # fmt: skip
SHOWN = (neighbours.LEAK, "楼道灯坏了没人修，老人摔伤谁来赔")  # whose code and PIN are told to whoever tries it out
