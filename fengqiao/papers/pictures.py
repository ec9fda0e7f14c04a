"""Pictures that go onto a paper: handwritten signatures as PNG, checked and stripped to what draws, and QR codes."""

import io
import struct
import zlib

import segno

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DRAWING = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
LONGEST_SIDE = 4096
"""Pixels; more than any signature pad gives, and little enough to decode without harm."""


class BadPicture(ValueError):
    """The bytes are not a PNG that can be drawn."""


def drawable_png(data: bytes) -> bytes:
    """The PNG with its drawing chunks only: no metadata, no colour profile, no text.

    Raises BadPicture when it is not a PNG, is damaged, interlaced, or has a side over LONGEST_SIDE pixels.
    """
    if not data.startswith(_SIGNATURE):
        raise BadPicture("not a PNG file")
    try:
        chunks = _chunks(data)
    except struct.error as error:
        raise BadPicture("the PNG file is cut off") from error
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13 or chunks[-1][0] != b"IEND":
        raise BadPicture("the PNG file has no proper beginning or end")
    _check_pixels(chunks)
    return _SIGNATURE + b"".join(_packed(kind, body) for kind, body in chunks)


def qr_svg(address: str) -> str:
    """The address as a QR code (error level M), an SVG picture without a margin. Raises ValueError when it is too long."""
    out = io.BytesIO()
    segno.make_qr(address, error="m").save(out, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None)
    return out.getvalue().decode()


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found: list[tuple[bytes, bytes]] = []
    at = len(_SIGNATURE)
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        if struct.unpack_from(">I", data, at + 8 + length)[0] != zlib.crc32(kind + body):
            raise BadPicture("the PNG file is damaged")
        if kind in _DRAWING:
            found.append((kind, body))
        if kind == b"IEND":
            break
        at += 12 + length
    return found


def _check_pixels(chunks: list[tuple[bytes, bytes]]) -> None:
    width, height, depth, colour, _packing, _filter, interlace = struct.unpack(">2I5B", chunks[0][1])
    if not (1 <= width <= LONGEST_SIDE and 1 <= height <= LONGEST_SIDE):
        raise BadPicture(f"a side of the picture is over {LONGEST_SIDE} pixels")
    if depth not in _DEPTHS.get(colour, ()) or interlace:
        raise BadPicture("this kind of PNG is not used for signatures")
    palette = next((body for kind, body in chunks if kind == b"PLTE"), b"")
    if len(palette) % 3 or (colour == 3 and not palette):
        raise BadPicture("the PNG file has no usable colours")
    size = height * (1 + (width * _CHANNELS[colour] * depth + 7) // 8)
    unpacker = zlib.decompressobj()
    try:
        pixels = unpacker.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"), size + 1)
    except zlib.error as error:
        raise BadPicture("the PNG file is damaged") from error
    if len(pixels) != size:
        raise BadPicture("the PNG file has too few or too many pixels")


def _packed(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
