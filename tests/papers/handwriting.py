"""A signature, as a pad would give it."""

import struct
import zlib


def handwriting(width: int = 360, height: int = 120) -> bytes:
    """A PNG like a signature pad's: dark blue strokes on a transparent ground."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            stroke = any(abs((x - 60 - 90 * n) % 90 - abs(y - 60 + 8 * n)) < 4 for n in range(3)) and 15 < y < 105
            rows += bytes((26, 44, 91, 255 if stroke else 0))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">2I5B", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"tEXt", b"Comment\0made on a pad")
        + chunk(b"IDAT", zlib.compress(bytes(rows)))
        + chunk(b"IEND", b"")
    )
