"""Every page that anybody can open: nobody is shut out, nothing scrolls sideways, nothing breaks the policy of content.

The watch of `new_context` hears violations of the policy, script errors and requests that leave the site.
"""

import pytest

from tests.access.stage import build
from tests.access.visiting import Door
from tests.browser.every_page import Look, sheets

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(live_server):
    stage = build()
    return Door(stage), list(sheets(stage))


@pytest.fixture
def window_of(live_server, new_context, heard, county):
    """`window_of(sheet)`: a browser in which the one who looks at this sheet is at home; one for each of them."""
    door, _pages = county
    windows: dict[tuple, Look] = {}
    seen: set[str] = set()

    def opened(sheet) -> Look:
        client = door.browser(sheet.person, door.course(sheet.scene))
        if sheet.scene == "applying":
            client.cookies["application"] = door.stage.application_token
        cookies = {"theme": "light", "mode": sheet.mode, **{name: one.value for name, one in client.cookies.items()}}
        key = tuple(sorted(cookies.items()))
        if key not in windows:
            context = new_context(base_url=live_server.url)
            context.add_cookies(
                [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
            )
            windows[key] = Look(context, heard, seen)
        return windows[key]

    return opened


def test_every_page_for_whom_it_is(county, window_of):
    """As it is, and in large type, which asks for more width."""
    _door, pages = county
    assert len(pages) > 180
    assert sum(not sheet.is_desk for sheet in pages) > 30
    wrong = [one for sheet in pages for one in window_of(sheet).at(sheet)]
    assert not wrong, "\n".join(wrong)
