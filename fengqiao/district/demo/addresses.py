"""A dozen addresses for the demonstration. They are made up, say so in their names, and have the source 示例."""

from fengqiao.district.stage_file import Stage
from fengqiao.people.models import SYSTEM
from fengqiao.places.library import commands
from fengqiao.places.library.parts import Parts
from fengqiao.places.models import Address, AliasKind, Region

WHY, SOURCE = "演示数据，不是真的地址", "示例"
VILLAGES = ("village", "second_village", "third_village")
# 示例路 runs through all three villages, so that its number decides.
ROAD, NUMBERS = "示例路", ("1", "2")
COMPOUND, SPOKEN = "示例花园", "示例大院"


def addresses(stage: Stage) -> None:
    """Add them, where the library has none of them yet."""
    if Address.objects.filter(source=SOURCE).exists():
        return
    regions = Region.objects.in_bulk([stage["places"][part]["code"] for part in VILLAGES], field_name="code")
    for n, part in enumerate(VILLAGES):
        region = regions[stage["places"][part]["code"]]
        for number in NUMBERS:
            _add(region, Parts(road=ROAD, number=f"{10 * n + int(number)}"))
        name = f"{COMPOUND}{'甲乙丙'[n]}区"
        whole = _add(region, Parts(poi=name))
        _add(region, Parts(poi=name, building="1"))
        commands.add_alias(whole, name=f"{SPOKEN}{'甲乙丙'[n]}", kind=AliasKind.SPOKEN, why=WHY, by=SYSTEM)


def _add(region: Region, parts: Parts) -> Address:
    return commands.add(region, parts=parts, why=WHY, source=SOURCE, by=SYSTEM)
