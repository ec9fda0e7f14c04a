"""What axe finds on a page that is serious or critical: whatever shuts somebody out."""

import json
from collections.abc import Sequence

from django.conf import settings
from playwright.sync_api import Page

AXE = settings.NODE_MODULES / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CONTRAST = "color-contrast"
RUN = """async ({runOnly, leftOut, known}) => {
  if (!window.axe) return null;
  document.getAnimations().forEach(one => one.finish());
  const rules = Object.fromEntries(leftOut.map(one => [one, {enabled: false}]));
  const options = {resultTypes: ["violations"], runOnly, rules, preload: false};  // there is no sound and no film
  const found = (await axe.run({exclude: known}, options)).violations.filter(one => ["serious", "critical"].includes(one.impact));
  return found.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 200)}`));
}"""


# What contrast depends on, for everything that can be read: the letters' colour, whether they are large, what lies under them.
SHADES = """() => {
  document.getAnimations().forEach(one => one.finish());
  const grounds = new Map();
  const ground = one => {
    if (!one) return "";
    if (!grounds.has(one)) {
      const {backgroundColor: colour, backgroundImage: image, opacity} = getComputedStyle(one);
      const below = () => ground(one.parentElement), plain = image === "none" && opacity === "1";
      if (plain && colour === "rgba(0, 0, 0, 0)") grounds.set(one, below());
      else if (plain && colour.startsWith("rgb(")) grounds.set(one, colour);
      else grounds.set(one, [colour, image, opacity, below()].join("/"));
    }
    return grounds.get(one);
  };
  const read = new Set(document.querySelectorAll("input, select, textarea"));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) if (texts.currentNode.data.trim()) read.add(texts.currentNode.parentElement);
  return [...new Set([...read].map(one => {
    const {color, fontSize, fontWeight} = getComputedStyle(one), size = parseFloat(fontSize);
    return [color, size >= 24 || (fontWeight >= 700 && size >= 18.66), ground(one)].join(" ");
  }))];
}"""


def breaches(
    page: Page, only: Sequence[str] = RULES, *, left_out: Sequence[str] = (), known: Sequence[str] = ()
) -> list[str]:
    """One line for each element. The page's context was opened with `bypass_csp`, or has AXE as an init script.

    `left_out` are rules, `known` selectors of parts that were looked at before.
    """
    run = f"({RUN})({json.dumps({'runOnly': only, 'leftOut': left_out, 'known': [[one] for one in known]})})"
    found = page.evaluate(run)
    if found is None:
        page.add_script_tag(path=AXE)
        found = page.evaluate(run)
    return found


def shades(page: Page) -> set[str]:
    """Every look that letters have on this page. Two pages with the same ones have the same contrast."""
    return set(page.evaluate(SHADES))
