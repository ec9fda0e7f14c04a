"""How a name sounds: one key for all ways of writing it that a listener may choose, and for sounds that are taken for each other.

吴建芳, 吴健芳 and 武剑方 sound alike; so do 陈 and 程, 林 and 凌 where people do not part -n from -ng, 四 from 十, 刘 from 牛.
"""

import re
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("sounds.txt")
# What is taken for each other on the telephone: flat for retroflex, -n for -ng, n- for l-, 黄 for 王.
_NEAR = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("([aei]n)g$"), r"\1"),
    (re.compile("^n(?=[aeiouv])"), "l"),
    (re.compile("^huan$"), "wan"),
)


def sound_of(name: str) -> str:
    """`wu jian fan`: syllables without tones, as a bad line carries them. Empty for what is not all Chinese characters."""
    table = _table()
    sounds = [table.get(letter, "") for letter in re.sub(r"\s", "", name)]
    return " ".join(map(_blurred, sounds)) if sounds and all(sounds) else ""


@cache
def _blurred(sound: str) -> str:
    for pattern, near in _NEAR:
        sound = pattern.sub(near, sound)
    return sound


@cache
def _table() -> dict[str, str]:
    lines = (line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {letter: sound for sound, letters in lines for letter in letters}
