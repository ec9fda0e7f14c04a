"""Which pages there are, who can open each, and what is wrong with one that is open in a browser."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from tests.house.stage import Stage
from tests.house.test_access import table
from tests.house.visiting import ANYBODY, RESIDENTS, Door, Line

AXE = settings.NODE_MODULES / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = {"type": "rule", "values": ["color-contrast"]}
VISITORS = (ANYBODY, "own", "mine", "mgr", "admin", "audit")  # the first who may see it looks at it
EVERYWHERE = {"/desk/disputes/<number>/": "mgr", "/my/": "vis"}  # looks different at every turn of a dispute
PHONE, TABLET, DESK = 360, 768, 1440
AXE_RUN = """async only => {
  document.getAnimations().forEach(one => one.finish());
  const options = {resultTypes: ["violations"], runOnly: only};
  const found = (await axe.run(options)).violations.filter(one => ["serious", "critical"].includes(one.impact));
  return found.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 200)}`));
}"""
WIDEST = """() => {
  const width = document.scrollingElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= window.innerWidth) return [];
  const inside = one => { for (let up = one.parentElement; up; up = up.parentElement) {
    if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return true; } return false; };
  return [...document.body.querySelectorAll("*")]
    .filter(one => one.getBoundingClientRect().right > width + 0.5 && !inside(one))
    .slice(0, 4).map(one => one.outerHTML.slice(0, 160));
}"""


@dataclass(frozen=True)
class Sheet:
    """One page, and who looks at it."""

    person: str
    scene: str
    address: str

    @property
    def is_desk(self) -> bool:
        return self.person not in (ANYBODY, *RESIDENTS)


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
        for scene in stage.scenes:
            if not scene.startswith("peer"):
                yield Sheet(visitor, scene, door.address(Line("GET", route, scene)))


class Look:
    """A window with a person's pages in it."""

    def __init__(self, context: BrowserContext, heard: list[str]) -> None:
        context.add_init_script(path=AXE)
        self.page: Page = context.new_page()
        self._heard = heard

    def at(self, address: str) -> list[str]:
        """What is wrong with this page: narrow, middling and wide; in light and, for the colours, in dark."""
        answer = self.page.goto(address)
        if answer is None or answer.status != 200:
            return [f"{address}: {answer and answer.status}"]
        wrong = []
        for width in (PHONE, TABLET):
            self.page.set_viewport_size({"width": width, "height": 800})
            wrong += [f"{address} at {width}: {one}" for one in self.page.evaluate(WIDEST)]
        self.page.set_viewport_size({"width": DESK, "height": 900})
        tall = self.page.evaluate("document.documentElement.scrollHeight")  # what sticks to an edge covers nothing
        self.page.set_viewport_size({"width": DESK, "height": max(tall, 900)})
        wrong += [f"{address} light: {one}" for one in self._breaches(RULES)]
        self.page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
        return wrong + [f"{address} dark: {one}" for one in self._breaches(COLOURS)]

    def _breaches(self, only: object) -> list[str]:
        """What axe finds. It tries things out with styles of its own; the policy's word on those is not about us."""
        before = len(self._heard)
        found = self.page.evaluate(f"({AXE_RUN})({json.dumps(only)})")
        self._heard[before:] = [said for said in self._heard[before:] if "Content Security Policy" not in said]
        return found
