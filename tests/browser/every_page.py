"""Which pages there are, who can open each, and what is wrong with one that is open in a browser."""

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page

from tests.access.stage import Stage
from tests.access.test_access import table
from tests.access.visiting import ANYBODY, RESIDENTS, Door, Line
from tests.axe import AXE, CONTRAST, RULES, breaches, shades

VISITORS = (ANYBODY, "own", "mine", "mgr", "admin", "secure", "audit")  # the first who may see it looks at it
# What looks different at every turn of a dispute.
EVERYWHERE = {"/desk/disputes/<number>/": "mgr", "/my/": "vis"}
TURNS = ("mediating", "signing", "late", "breached", "confirming", "performed", "over", "archived", "restricted")
# Of the desk, what is read in large type too: lists, and disputes.
LARGE = ("/desk/", "/desk/disputes/", "/desk/search/")
ASKED = ("/desk/?view=others&category=0", "/desk/?view=late", "/desk/search/?q=漏水", "/desk/disputes/?state=closed")
PHONE, TABLET, DESK = 360, 768, 1440
AROUND = (".fq-side", ".fq-menu-box")
HOME = "/"  # says less in large type; every other page is the same but for its type
DRESSED = """([mode, theme]) => {
  const root = document.documentElement;
  if (mode === "elder") root.dataset.mode = mode; else delete root.dataset.mode;
  root.dataset.bsTheme = theme;
  return root.scrollHeight;
}"""
WIDEST = """mode => {
  const root = document.documentElement;
  if (mode === "elder") root.dataset.mode = mode; else delete root.dataset.mode;
  const width = root.clientWidth;
  if (root.scrollWidth <= window.innerWidth) return [];
  const inside = one => { for (let up = one.parentElement; up; up = up.parentElement) {
    if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return true; } return false; };
  return [...document.body.querySelectorAll("*")]
    .filter(one => one.getBoundingClientRect().right > width + 0.5 && !inside(one))
    .slice(0, 4).map(one => one.outerHTML.slice(0, 160)).concat(`${root.scrollWidth} wide`);
}"""


@dataclass(frozen=True)
class Sheet:
    """One page, and who looks at it."""

    person: str
    scene: str
    address: str
    mode: str = "normal"
    in_dark: bool = True  # a colour that fails in dark would fail on every page with the same parts

    @property
    def is_desk(self) -> bool:
        return self.person not in (ANYBODY, *RESIDENTS)

    @property
    def modes(self) -> tuple[str, ...]:
        """Large type asks for more width: all that residents see is measured in it too."""
        is_read_large = not self.is_desk or not self.in_dark or self.address.partition("?")[0] in LARGE
        return (self.mode, "elder") if is_read_large and self.mode != "elder" else (self.mode,)

    @property
    def looks(self) -> Iterator[tuple[str, str]]:
        """Mode and theme; the residents' own page is looked at whole in large type too."""
        yield self.mode, "light"
        if self.in_dark:
            yield self.mode, "dark"
        elif not self.is_desk:
            yield "elder", "light"


def sheets(stage: Stage) -> Iterator[Sheet]:
    """Every address that shows a page to somebody, once; what tells how a dispute stands, in every state."""
    door = Door(stage)
    with door.many_questions():
        for line, words in table().items():
            visitor = next((one for one in VISITORS if words[one] == "200"), None) if line.method == "GET" else None
            if visitor and door.ask(visitor, line, briefly=True).is_page:
                yield Sheet(visitor, line.scene, door.address(line))
    yield Sheet(ANYBODY, "-", HOME, mode="elder")
    for route, visitor in EVERYWHERE.items():
        for scene in TURNS:
            yield Sheet(visitor, scene, door.address(Line("GET", route, scene)), in_dark=False)
    yield Sheet("mgr", "over", door.address(Line("GET", "/desk/disputes/<number>/", "over")) + "?story=all")
    yield from (Sheet("mgr", "mediating", address) for address in ASKED)


class Look:
    """A window with a person's pages in it."""

    def __init__(self, context: BrowserContext, heard: list[str], seen: set[str]) -> None:
        context.add_init_script(path=AXE)
        self.page: Page = context.new_page()
        self._heard = heard
        self._seen = seen  # letters that had contrast enough where they were met first
        self._is_known = False

    def at(self, sheet: Sheet) -> list[str]:
        """What is wrong with this page: what is too wide for a tablet, a phone or a desk; what shuts out, where it is mostly used."""
        answer = self.page.goto(sheet.address)
        if answer is None or answer.status != 200:
            return [f"{sheet.address}: {answer and answer.status}"]
        wrong = []
        for width in (PHONE, TABLET) if sheet.is_desk else (TABLET, PHONE):
            self.page.set_viewport_size({"width": width, "height": 800})
            for mode in sheet.modes:
                wrong += [f"{sheet.address} at {width}, {mode}: {one}" for one in self.page.evaluate(WIDEST, mode)]
        tall = 0
        for mode, theme in sheet.looks:
            tall = self._dress(DESK if sheet.is_desk else PHONE, tall, mode, theme)
            if sheet.is_desk and theme == "light":
                wrong += [f"{sheet.address} at {DESK}: {one}" for one in self.page.evaluate(WIDEST, mode)]
            wrong += [f"{sheet.address} {mode}, {theme}: {one}" for one in self._breaches(theme)]
        return wrong

    def _dress(self, width: int, tall: int, mode: str, theme: str) -> int:
        """Show all of it at once, so that what sticks to an edge covers nothing; how tall it is then."""
        height = self.page.evaluate(DRESSED, [mode, theme])
        if height > tall:  # narrower than it will be, it was not shorter
            self.page.set_viewport_size({"width": width, "height": height})
        return max(height, tall)

    def _breaches(self, theme: str) -> list[str]:
        """What axe finds: in dark of contrast only, and of contrast only where letters look as on no page before.

        The way around, the same on every page, is looked at on the first. Axe tries things out with styles of its own;
        the policy's word on those is not about us.
        """
        new = shades(self.page) - self._seen
        if theme == "dark" and not new:
            return []
        before = len(self._heard)
        if new:
            found = breaches(self.page, RULES if theme == "light" else [CONTRAST])
        else:
            found = breaches(self.page, left_out=[CONTRAST], known=AROUND if self._is_known else ())
        self._heard[before:] = [said for said in self._heard[before:] if "Content Security Policy" not in said]
        self._is_known = True
        if not any(one.startswith(CONTRAST) for one in found):
            self._seen |= new
        return found
