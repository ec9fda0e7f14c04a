"""Money is a whole number of 分: written for the eye, in capital words for documents, and read from what people type."""

import re
import unicodedata

from django.utils.translation import gettext as _

from .errors import Refused

FEN = 100
LARGEST = 10**12 * FEN  # yuan; above this somebody has typed an account number

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
WAN, YI = 10**4, 10**8

TYPED = re.compile(
    r"(?:人民币|RMB|CNY)?\s*[¥]?\s*"
    r"(?P<sign>[-+]?)(?P<yuan>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<part>[0-9]*))?"
    r"\s*(?P<wan>万)?\s*(?:元整|元正|元|圆|块|整)?",
    re.IGNORECASE,
)


def yuan(fen: int) -> str:
    """8,600.00"""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // FEN:,}.{fen % FEN:02d}"


def in_words(fen: int) -> str:
    """捌仟陆佰元整: capital words as 正确填写票据和结算凭证的基本规定 has them (optional zeros left out, 整 after 元 and 角)."""
    if fen < 0:
        return "负" + in_words(-fen)
    whole, jiao, rest = fen // FEN, fen % FEN // 10, fen % 10
    words = _whole(whole) + "元" if whole or not fen else ""
    if jiao:
        words += DIGITS[jiao] + "角"
    elif rest and whole:
        words += DIGITS[0]
    return words + (DIGITS[rest] + "分" if rest else "整")


def parse_yuan(text: str) -> int:
    """分 from 8,600 or 8600.50 or 8600元 or 1.5万元, full-width too. Raises Refused with a sentence for anything else."""
    typed = TYPED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not text.strip():
        raise Refused(_("请填写金额。"))
    if not typed:
        raise Refused(_("“%(text)s”不像金额。请只写数字，例如 8600 或 8,600.50。") % {"text": text.strip()[:30]})
    if typed["sign"] == "-":
        raise Refused(_("金额不能是负数。"))
    unit = WAN * FEN if typed["wan"] else FEN
    part = (typed["part"] or "").rstrip("0")
    fen, beyond = divmod(int(typed["yuan"].replace(",", "") + part) * unit, 10 ** len(part))
    if beyond:
        raise Refused(_("金额最多写到分，也就是小数点后两位。"))
    if fen > LARGEST:
        raise Refused(_("金额太大了，请核对是不是多写了几位。"))
    return fen


def _whole(number: int) -> str:
    """Any whole number: parts of 亿, of 万, and the rest, joined by one 零 where a place is skipped."""
    for size, unit in ((YI, "亿"), (WAN, "万")):
        if number >= size:
            high, low = divmod(number, size)
            gap = DIGITS[0] if 0 < low < size // 10 else ""
            return _whole(high) + unit + (gap + _whole(low) if low else "")
    words, skipped = "", False
    for place in reversed(range(len(PLACES))):
        digit = number // 10**place % 10
        if digit:
            words += (DIGITS[0] if skipped and words else "") + DIGITS[digit] + PLACES[place]
        skipped = not digit
    return words or DIGITS[0]
