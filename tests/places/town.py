"""What the tests of the library share: two towns with villages, an administrator, and addresses added by the command."""

from fengqiao.ledger.verify import verify
from fengqiao.people.models import Role, User
from fengqiao.places.library import commands
from fengqiao.places.library.parts import Parts
from fengqiao.places.models import Address, Region
from tests.world import a_county, a_region, a_user, the_center

WHY = "实地核对"
TREE = (
    ("330502001000", "飞英街道", "330502000000", "town"),
    ("330502002000", "月河街道", "330502000000", "town"),
    ("330502001002", "余家漾社区", "330502001000", "village"),
    ("330502001003", "墙壕里社区", "330502001000", "village"),
    ("330502002005", "朝阳社区", "330502002000", "village"),
)


def the_tree() -> dict[str, Region]:
    """Regions by name."""
    a_county()
    found = {}
    for code, name, above, level in TREE:
        region = a_region(code, name, level)
        region.parent = Region.objects.get(code=above)
        region.save()
        found[name] = region
    return found


def an_admin() -> User:
    return a_user(the_center(), Role.ADMIN, name="管晓明")


def an_address(region: Region, by: User, **parts: str) -> Address:
    return commands.add(region, parts=Parts(**parts), why=WHY, by=by)


def assert_whole() -> None:
    """Every row stands as the ledger says it was written."""
    assert [str(finding) for finding in verify()] == []
