"""How a name sounds: one key for all ways of writing it that a listener may choose, and for sounds that are taken for each other.

吴建芳, 吴健芳 and 武剑方 sound alike; so do 陈 and 程, 林 and 凌 where people do not part -n from -ng, 四 from 十, 刘 from 牛.
"""

import re
from functools import cache

# A family name's reading, where the character is mostly read otherwise.
FAMILY = {
    "曾": "zeng", "单": "shan", "解": "xie", "区": "ou", "查": "zha", "仇": "qiu", "朴": "piao", "盖": "ge", "翟": "zhai",
    "覃": "qin", "缪": "miao", "尉": "yu", "员": "yun", "阚": "kan", "召": "shao", "折": "she", "繁": "po", "种": "chong",
    "秘": "bi", "黑": "he", "佴": "nai", "晟": "sheng", "长": "chang",
}  # fmt: skip
# What is taken for each other on the telephone: flat for retroflex, -n for -ng, n- for l-, 黄 for 王.
_NEAR = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("([aei]n)g$"), r"\1"),
    (re.compile("^n(?=[aeiouv])"), "l"),
    (re.compile("^huan$"), "wan"),
)


def sound_of(name: str) -> str:
    """`wu jian fan`: syllables without tones, as a bad line carries them. Empty for what is not all Chinese characters."""
    sounds = [_sound(letter) for letter in re.sub(r"\s", "", name)]
    return " ".join(sounds) if all(sounds) else ""


@cache
def _sound(letter: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 (a quarter of a second, for those alone who need a sound)

    sound = FAMILY.get(letter) or "".join(lazy_pinyin(letter, errors="ignore"))
    for pattern, near in _NEAR:
        sound = pattern.sub(near, sound)
    return sound
