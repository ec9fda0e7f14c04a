"""What is written about the house is true of the house."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "fengqiao").rglob("*.py"))


def test_every_term_of_the_glossary_is_in_the_code():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = set(re.findall(r"`(\w+)`", text))
    assert len(terms) > 40
    assert {term for term in terms if not re.search(rf"\b{term}\b", CODE)} == set()


def test_the_map_fits_one_screen_and_names_every_module():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = {path.parent.name for path in (ROOT / "fengqiao").glob("*/__init__.py")}
    assert len(text.splitlines()) <= 60
    assert {name for name in modules if f"{name}/" not in text} == set()


def test_links_between_documents_lead_somewhere():
    broken = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text(encoding="utf-8")):
            if not (path.parent / link).exists():
                broken.append(f"{path.relative_to(ROOT)}: {link}")
    assert broken == []
