"""Text as people type it, made fit to keep: one form for the same letters, nothing invisible, no formulas in exports."""

import re
import unicodedata

BLANKS = re.compile(r"[^\S\n]+")
LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\u0085\v\f]")
EMPTY_LINES = re.compile(r"\n{3,}")

# Letters, digits, marks and spaces take their plain form; punctuation and signs stay as written (（2026）, ①, ㎡).
FOLDED = ("L", "M", "Nd", "Zs")
# Characters in disguise, as they come out of some PDF files.
RADICALS = frozenset(map(chr, range(0x2E80, 0x2FE0)))
DROPPED = ("Cc", "Cf", "Cs")

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def normalise(text: str) -> str:
    """The same text in one form: full-width letters and digits become plain (NFKC), invisible characters go,
    blanks collapse, lines keep their breaks (one empty line at most). Chinese punctuation is left alone.
    """
    text = LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    text = unicodedata.normalize("NFC", "".join(_plain(letter) for letter in text))
    lines = (line.strip() for line in BLANKS.sub(" ", text).split("\n"))
    return EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def safe_cell(value: object) -> object:
    """A spreadsheet cell that cannot start a formula: such a text gets a leading apostrophe, anything else passes."""
    if not isinstance(value, str) or not value:
        return value
    starts = value[0] in "\t\r\n" or value.lstrip().startswith(FORMULA_STARTS)
    return f"'{value}" if starts else value


def _plain(letter: str) -> str:
    if " " <= letter < "\x7f" or letter == "\n":
        return letter
    category = unicodedata.category(letter)
    if category in DROPPED:
        return ""
    fold = category.startswith(FOLDED) or letter in RADICALS
    return unicodedata.normalize("NFKC", letter) if fold else letter
