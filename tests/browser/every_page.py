"""Which pages there are, who can open each, and what is wrong with one that is open in a browser."""

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page

from tests.axe import AXE, COLOURS, RULES, breaches
from tests.house.stage import Stage
from tests.house.test_access import table
from tests.house.visiting import ANYBODY, RESIDENTS, Door, Line

VISITORS = (ANYBODY, "own", "mine", "mgr", "admin", "secure", "audit")  # the first who may see it looks at it
# What looks different at every turn of a dispute.
EVERYWHERE = {"/desk/disputes/<number>/": "mgr", "/my/": "vis"}
TURNS = ("mediating", "signing", "late", "breached", "confirming", "performed", "over", "archived", "restricted")
# Of the desk, what is read in large type too: lists, and disputes.
LARGE = ("/desk/", "/desk/disputes/", "/desk/search/")
ASKED = ("/desk/?view=others&category=0", "/desk/?view=late", "/desk/search/?q=漏水", "/desk/disputes/?state=closed")
PHONE, TABLET, DESK = 360, 768, 1440
WIDEST = """() => {
  const width = document.scrollingElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= window.innerWidth) return [];
  const inside = one => { for (let up = one.parentElement; up; up = up.parentElement) {
    if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return true; } return false; };
  return [...document.body.querySelectorAll("*")]
    .filter(one => one.getBoundingClientRect().right > width + 0.5 && !inside(one))
    .slice(0, 4).map(one => one.outerHTML.slice(0, 160)).concat(`${document.scrollingElement.scrollWidth} wide`);
}"""


@dataclass(frozen=True)
class Sheet:
    """One page, and who looks at it."""

    person: str
    scene: str
    address: str
    in_dark: bool = True  # a colour that fails in dark would fail on every page with the same parts

    @property
    def is_desk(self) -> bool:
        return self.person not in (ANYBODY, *RESIDENTS)

    @property
    def is_read_large(self) -> bool:
        return not self.is_desk or not self.in_dark or self.address.partition("?")[0] in LARGE


def sheets(stage: Stage) -> Iterator[Sheet]:
    """Every address that shows a page to somebody, once; what tells how a dispute stands, in every state."""
    door = Door(stage)
    for line, words in table().items():
        if line.method != "GET":
            continue
        visitor = next((one for one in VISITORS if words[one] == "200"), None)
        if visitor and door.ask(visitor, line).text.lstrip().lower().startswith("<!doctype html"):
            yield Sheet(visitor, line.scene, door.address(line))
    for route, visitor in EVERYWHERE.items():
        for scene in TURNS:
            yield Sheet(visitor, scene, door.address(Line("GET", route, scene)), in_dark=False)
    yield Sheet("mgr", "over", door.address(Line("GET", "/desk/disputes/<number>/", "over")) + "?story=all")
    yield from (Sheet("mgr", "mediating", address) for address in ASKED)


class Look:
    """A window with a person's pages in it."""

    def __init__(self, context: BrowserContext, heard: list[str]) -> None:
        context.add_init_script(path=AXE)
        self.page: Page = context.new_page()
        self._heard = heard

    def at(self, sheet: Sheet, *, in_dark: bool) -> list[str]:
        """What is wrong with this page: narrow and middling; where it is mostly used, in light and maybe in dark."""
        if wrong := self.sideways_at(sheet):
            return wrong
        width = DESK if sheet.is_desk else PHONE
        self.page.set_viewport_size({"width": width, "height": 900})
        tall = self.page.evaluate("document.documentElement.scrollHeight")  # what sticks to an edge covers nothing
        self.page.set_viewport_size({"width": width, "height": max(tall, 900)})
        wrong += [f"{sheet.address} light: {one}" for one in self._breaches(RULES)]
        if not in_dark:
            return wrong
        self.page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
        return wrong + [f"{sheet.address} dark: {one}" for one in self._breaches(COLOURS)]

    def sideways_at(self, sheet: Sheet) -> list[str]:
        """What is wider than a phone or a tablet."""
        answer = self.page.goto(sheet.address)
        if answer is None or answer.status != 200:
            return [f"{sheet.address}: {answer and answer.status}"]
        wrong = []
        for width in (PHONE, TABLET):
            self.page.set_viewport_size({"width": width, "height": 800})
            wrong += [f"{sheet.address} at {width}: {one}" for one in self.page.evaluate(WIDEST)]
        return wrong

    def _breaches(self, only: object) -> list[str]:
        """What axe finds. It tries things out with styles of its own; the policy's word on those is not about us."""
        before = len(self._heard)
        found = breaches(self.page, only)
        self._heard[before:] = [said for said in self._heard[before:] if "Content Security Policy" not in said]
        return found
