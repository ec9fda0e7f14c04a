"""Turns the .po files into the .mo files that Django reads, without needing gettext's programs."""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "fengqiao" / "locale"


def compile_stale() -> int:
    """Compile every catalogue that changed since it was compiled; how many that were."""
    stale = [po for po in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")) if _older(po.with_suffix(".mo"), po)]
    for po in stale:
        draft = po.with_suffix(".mo.new")
        polib.pofile(str(po)).save_as_mofile(str(draft))
        draft.replace(po.with_suffix(".mo"))
    return len(stale)


def _older(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime
