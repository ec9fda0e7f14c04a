"""Chinese numerals as legal papers write them: 一、二、三 for clauses, 第十二条 for articles."""

_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))


def clause_number(n: int) -> str:
    """The numeral of a clause: 1 is 一, 12 is 十二, 105 is 一百零五. Raises ValueError outside 1…9999."""
    if not 1 <= n <= 9999:
        raise ValueError(f"no clause has the number {n}")
    written = ""
    gap = False
    for value, unit in _UNITS:
        digit, n = divmod(n, value)
        if digit:
            written += ("零" if gap else "") + _DIGITS[digit] + unit
            gap = False
        elif written:
            gap = True
    if n:
        written += ("零" if gap else "") + _DIGITS[n]
    return written.removeprefix("一") if written.startswith("一十") else written
