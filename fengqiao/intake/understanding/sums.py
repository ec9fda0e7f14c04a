"""How much money the words of a text say, in 分: 12万元, 八千块, 三万一, 叁万伍仟元整. About so much is no amount."""

import re

ABOUT = re.compile(r"[多余几数上来]|左右|大概|约")
MOST = 10**15  # 分; beyond it is no sum of a dispute
_ONES = {one: n for n, one in enumerate("零一二三四五六七八九")}
_ONES |= {one: n for n, one in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GREAT = {"万": 10**4, "亿": 10**8}
_PLAIN = re.compile(r"(\d{1,12})(?:\.(\d{1,4}))?([千百万亿]?)")
_PARTS = re.compile(
    r"(?:人民币|￥|¥)?(?P<whole>.+?)(?:元钱|块钱|[元圆块]|(?<=[万亿千百])|$)[整正]?(?:(?P<jiao>[^角毛])[角毛])?零?(?:(?P<fen>[^分])分)?[整正]?$"
)


def fen_of(words: str) -> int | None:
    """None for what is no exact sum."""
    words = words.replace(",", "").replace(" ", "")
    found = None if ABOUT.search(words) else _PARTS.fullmatch(words)
    if found is None:
        return None
    whole = _in_digits(found["whole"]) if found["whole"][0].isdigit() else _in_characters(found["whole"])
    small = [_small(found[name]) for name in ("jiao", "fen")]
    if whole is None or None in small:
        return None
    total = whole + 10 * (small[0] or 0) + (small[1] or 0)
    return total if 0 < total < MOST else None


def _in_digits(words: str) -> int | None:
    """分: 1.2万, 3千, 4600."""
    found = _PLAIN.fullmatch(words)
    if found is None:
        return None
    unit = {"": 1, "百": 100, "千": 1000}.get(found[3]) or _GREAT[found[3]]
    exact = int(found[1] + (found[2] or "")) * unit * 100
    parts = 10 ** len(found[2] or "")
    return exact // parts if exact % parts == 0 else None


def _in_characters(words: str) -> int | None:
    """分: 一万二千, 三万一 (31000), 八千五 (8500), 壹拾柒万伍仟."""
    total = section = digit = 0
    ten = great = MOST  # smaller ones follow greater ones
    unit = 1  # of what was said last: 三万一 goes on in its tenths
    for at, one in enumerate(words):
        if one in _ONES:
            if digit:
                return None
            digit, last = _ONES[one], at == len(words) - 1
            if one in "零〇":
                unit = 1
            elif last:
                section += digit * (unit // 10 if unit > 10 else 1)
                digit = 0
        elif one in _TENS and _TENS[one] < ten:
            ten = _TENS[one]
            section += (digit or 1) * _TENS[one]
            digit, unit = 0, _TENS[one]
        elif one in _GREAT and _GREAT[one] < great:
            ten, great = MOST, _GREAT[one]
            total += (section + digit or 1) * _GREAT[one]
            section, digit, unit = 0, 0, _GREAT[one]
        else:
            return None
    return (total + section + digit) * 100


def _small(digit: str | None) -> int | None:
    """角 or 分; 0 where none is said, None where it is no digit."""
    if digit is None:
        return 0
    return int(digit) if digit.isdigit() and digit.isascii() else _ONES.get(digit)
