"""Where the development data lies that is not part of the repository."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("FENGQIAO_SHARED") or Path(__file__).resolve().parents[3] / "shared")
LETTERS = SHARED / "data" / "letters_shangluo_dev.jsonl"


def the_letters() -> Path:
    """The 1,177 letters; a checkout without them says so and skips."""
    if not LETTERS.is_file():
        pytest.skip(f"no letters at {LETTERS}: set FENGQIAO_SHARED")
    return LETTERS
