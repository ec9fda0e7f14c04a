"""Which characters our fonts can print, and what is printed for the others.

PDF/A refuses a page with a character that no embedded font holds, so every text is fitted to the fonts before it is set.
"""

import re
import struct
import unicodedata
from collections.abc import Iterable
from pathlib import Path

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ACCENTED = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff][\u0300-\u036f]+")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def fitted(text: str, printable: frozenset[int]) -> str:
    """The text with nothing in it that the fonts cannot print.

    Line ends become "\\n". Invisible characters go (control, joiners, and the direction marks that could make an amount
    read differently from what is stored). A character without a glyph is printed by its code point, 〔U+1F600〕, so that
    nothing disappears from a paper unnoticed.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKS.sub("\n", text)
    text = _ACCENTED.sub(lambda m: unicodedata.normalize("NFC", m[0]), text)
    text = _SELECTORS.sub("", text)
    return "".join(_fitted_character(c, printable) for c in text)


def printable_characters(fonts: Iterable[Path]) -> frozenset[int]:
    """Code points for which at least one of the font files (OTF, TTF, TTC) has a glyph. Raises ValueError on a broken file."""
    found: set[int] = set()
    for path in fonts:
        data = path.read_bytes()
        try:
            for start in _faces(data):
                found |= _mapped(data, start)
        except (struct.error, IndexError) as error:
            raise ValueError(f"{path.name} is not a readable font file") from error
    return frozenset(found)


def _fitted_character(c: str, printable: frozenset[int]) -> str:
    if "\u4e00" <= c <= "\u9fff" and ord(c) in printable:
        return c
    if c == "\n":
        return c
    category = unicodedata.category(c)
    if c == "\t" or (category == "Zs" and c != "\u3000"):
        return " "
    if category in ("Cc", "Cf"):
        return ""
    if category != "Cs" and ord(c) in printable:
        return c
    return f"〔U+{ord(c):04X}〕"


def _faces(data: bytes) -> list[int]:
    """Offsets of the table directories: one for a font, several for a collection."""
    if data[:4] != b"ttcf":
        return [0]
    count = struct.unpack_from(">I", data, 8)[0]
    return list(struct.unpack_from(f">{count}I", data, 12))


def _mapped(data: bytes, face: int) -> set[int]:
    """Code points in the Unicode `cmap` subtables (formats 4 and 12 of the OpenType specification)."""
    for i in range(struct.unpack_from(">H", data, face + 4)[0]):
        tag, _sum, start, _length = struct.unpack_from(">4s3I", data, face + 12 + 16 * i)
        if tag == b"cmap":
            break
    else:
        return set()
    points: set[int] = set()
    for i in range(struct.unpack_from(">H", data, start + 2)[0]):
        platform, _encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * i)
        kind = struct.unpack_from(">H", data, start + offset)[0]
        if platform in (0, 3) and kind == 12:
            points |= _format_12(data, start + offset)
        elif platform in (0, 3) and kind == 4:
            points |= _format_4(data, start + offset)
    return points


def _format_12(data: bytes, table: int) -> set[int]:
    points: set[int] = set()
    for i in range(struct.unpack_from(">I", data, table + 12)[0]):
        first, last, glyph = struct.unpack_from(">3I", data, table + 16 + 12 * i)
        points.update(range(first if glyph else first + 1, last + 1))
    return points


def _format_4(data: bytes, table: int) -> set[int]:
    segments = struct.unpack_from(">H", data, table + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", data, table + 14)
    starts = struct.unpack_from(f">{segments}H", data, table + 16 + 2 * segments)
    deltas = struct.unpack_from(f">{segments}H", data, table + 16 + 4 * segments)
    offsets_at = table + 16 + 6 * segments
    points: set[int] = set()
    for i, (first, last, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
        offset = struct.unpack_from(">H", data, offsets_at + 2 * i)[0]
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point
            if offset:
                glyph = struct.unpack_from(">H", data, offsets_at + 2 * i + offset + 2 * (point - first))[0]
                if glyph == 0:
                    continue
            if (glyph + delta) & 0xFFFF:
                points.add(point)
    return points
