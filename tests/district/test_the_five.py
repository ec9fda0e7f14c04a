"""Each of the five districts of the specification loads, and counts what its source counts (handbook 1.2, 1.3, 1.5)."""

from io import StringIO

import pytest
from django.core.management import call_command

from fengqiao.bodies.models import Body, Stationing, Window
from fengqiao.people.models import Role, User
from fengqiao.places.models import Level, Region

# Bodies of a kind, windows of a kind, places of a level: how many in all, and how many of them have no name yet.
COUNTS = {
    "xihu": {
        "bodies": {
            "county_center": (1, 0), "court_branch": (1, 0), "sub_center": (9, 9), "department": (15, 12),
            "mdc_industry": (6, 0), "mdc_park": (2, 2), "mdc_outpost": (12, 12),
        },
        "windows": {"general_window": (1, 0), "specialist_window": (22, 12)},
        "places": {"county": (1, 0), "town": (12, 0), "village": (222, 0)},
    },
    "wuxing": {
        "bodies": {
            "county_center": (1, 0), "town_branch": (14, 1), "tribunal": (2, 0), "room": (4, 0), "sub_center": (10, 0),
            "mdc_industry": (10, 0), "department": (22, 18), "brand_studio": (3, 0),
        },
        "windows": {"service_window": (20, 20)},
        "places": {"county": (1, 0), "town": (19, 0), "area": (46, 46), "village": (367, 0), "grid": (538, 538)},
    },
    "binjiang": {
        "bodies": {"county_center": (1, 0), "court": (1, 0), "department": (8, 0), "town_branch": (3, 0)},
        "windows": {},
        "places": {"county": (1, 0), "town": (3, 0), "village": (67, 0)},
    },
    "jiangbei": {
        "bodies": {"county_center": (1, 0), "town_branch": (8, 0), "brand_studio": (9, 4)},
        "windows": {},
        "places": {"county": (1, 0), "town": (8, 0), "village": (152, 0)},
    },
    "putuo": {
        "bodies": {"county_center": (1, 0), "sub_center": (15, 0), "town_branch": (9, 0), "mdc_industry": (12, 9)},
        "windows": {"general_window": (2, 0), "fallback_window": (1, 0), "service_window": (15, 10)},
        "places": {"county": (1, 0), "town": (9, 0), "village": (133, 0)},
    },
}  # fmt: skip
WHOLE_UNITS = {
    "xihu": {"政法委", "司法局", "信访局"},
    "wuxing": {"政法委", "信访局", "司法局", "应急管理局"},
}

MODELS = (Body, Window, Region, User)

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # Wuxing is loaded on both engines in test_loading.py


@pytest.mark.parametrize("name", COUNTS)
def test_a_district_loads_with_what_its_source_counts_and_loading_it_again_changes_nothing(name):
    call_command("load_district", name, stdout=StringIO())
    it_has_what_its_source_counts(COUNTS[name])
    a_slot_is_labelled_and_gets_nothing_to_do()
    assert {body.name for body in Body.objects.filter(stationing=Stationing.WHOLE_UNIT)} == WHOLE_UNITS.get(name, set())
    assert set(User.objects.values_list("role", flat=True)) == set(Role.values), "somebody for every post"
    assert Body.objects.root().handles
    before = everything()
    call_command("load_district", name, stdout=StringIO())
    assert everything() == before


def it_has_what_its_source_counts(wanted) -> None:
    # the committees of towns and villages that some districts bring are their own or for show
    bodies = Body.objects.exclude(kind__in=("mdc_town", "mdc_village"))
    assert by_kind(bodies) == wanted["bodies"]
    assert by_kind(Window.objects.all()) == wanted["windows"]
    places = {level.key: tally(level.regions) for level in Level.objects.all()}
    assert {key: found for key, found in places.items() if found != (0, 0)} == wanted["places"]


def by_kind(rows) -> dict[str, tuple[int, int]]:
    return {kind: tally(rows.filter(kind=kind)) for kind in rows.order_by().values_list("kind", flat=True).distinct()}


def tally(rows) -> tuple[int, int]:
    return rows.count(), rows.filter(is_slot=True).count()


def a_slot_is_labelled_and_gets_nothing_to_do() -> None:
    for model in (Body, Window, Region):
        assert all("名称待填" in one.name for one in model.objects.filter(is_slot=True))
        assert not any("名称待填" in one.name for one in model.objects.filter(is_slot=False))
    assert not Body.objects.filter(is_slot=True, handles=True).exists()
    assert not User.objects.filter(home_body__is_slot=True).exists()
    assert not Body.objects.filter(source="").exists()


def everything() -> list[list[dict]]:
    return [list(model.objects.order_by("pk").values()) for model in MODELS]
