"""What axe finds on a page that is serious or critical: whatever shuts somebody out."""

import json

from django.conf import settings
from playwright.sync_api import Page

AXE = settings.NODE_MODULES / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = {"type": "rule", "values": ["color-contrast"]}
RUN = """async only => {
  if (!window.axe) return null;
  document.getAnimations().forEach(one => one.finish());
  const options = {resultTypes: ["violations"], runOnly: only, preload: false};  // there is no sound and no film
  const found = (await axe.run(options)).violations.filter(one => ["serious", "critical"].includes(one.impact));
  return found.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 200)}`));
}"""


def breaches(page: Page, only: object = RULES) -> list[str]:
    """One line for each element. The page's context was opened with `bypass_csp`, or has AXE as an init script."""
    run = f"({RUN})({json.dumps(only)})"
    found = page.evaluate(run)
    if found is None:
        page.add_script_tag(path=AXE)
        found = page.evaluate(run)
    return found
