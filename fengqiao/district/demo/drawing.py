"""Pictures that the demonstration's people send: a name written by hand, a photo. Drawn, the same for the same words."""

import math
import random
import struct
import zlib
from functools import cache
from typing import Any

INK = (26, 44, 91, 255)
PAD = (320, 108)  # pixels
PHOTO = (80, 60)

Stroke = dict[str, Any]  # as the signature pad keeps it: {"points": [{"x", "y", "time", "pressure"}]}


@cache
def signature(name: str) -> tuple[bytes, list[Stroke]]:
    """A name as a hand writes it: the picture, and the strokes it was drawn with."""
    chance = random.Random(name)  # noqa: S311 (a scrawl, not a secret)
    width, height = PAD
    cell = min((width - 24) // len(name), 84)
    strokes: list[Stroke] = []
    for n in range(len(name)):
        left = 14 + n * cell
        strokes += [_stroke(chance, left, cell - 10, height, len(strokes)) for _ in range(chance.randint(5, 8))]
    pixels = bytearray(width * height * 4)
    for stroke in strokes:
        for point in stroke["points"]:
            _dot(pixels, point["x"], point["y"], 0.9 + 1.2 * point["pressure"])
    return _png(pixels, PAD, colour=6), strokes


def photo(what: str) -> bytes:
    """Something that might be a snapshot of it: a wall, a light, a few stains."""
    chance = random.Random(what)  # noqa: S311
    width, height = PHOTO
    warm = [chance.randint(150, 215) for _ in range(3)]
    spots = [(chance.randrange(width), chance.randrange(height // 2), chance.randint(6, 20)) for _ in range(6)]
    pixels = bytearray()
    for y in range(height):
        light = 1 - 0.35 * y / height
        for x in range(width):
            shade = light
            for left, top, size in spots:
                away = math.hypot(x - left, (y - top) * 1.6) / size
                shade -= 0.14 * max(0.0, 1 - away * away)
            pixels += bytes(max(0, min(255, int(part * shade))) for part in warm)
    return _png(pixels, PHOTO, colour=2)


def _stroke(chance: random.Random, left: int, size: int, height: int, n: int) -> Stroke:
    """One stroke inside the square of a character: across, down, falling, or a dot with a hook."""
    across, down = chance.choice([(0.8, 0.08), (0.05, 0.75), (-0.5, 0.6), (0.5, 0.55), (0.15, 0.18)])
    x = left + size * chance.uniform(0.1, 0.5) + (size * 0.4 if across < 0 else 0)
    y = 16 + (height - 40) * chance.uniform(0.0, 0.5)
    bend = chance.uniform(-0.12, 0.12) * size
    points = []
    for i in range(25):
        t = i / 24
        curve = bend * math.sin(math.pi * t)
        points.append({
            "x": round(x + across * size * t + curve, 1), "y": round(y + down * (height - 40) * t + curve, 1),
            "time": 1000 + 220 * n + 8 * i, "pressure": round(0.35 + 0.6 * math.sin(math.pi * (0.15 + 0.8 * t)), 2),
        })  # fmt: skip
    return {"points": points}


def _dot(pixels: bytearray, x: float, y: float, radius: float) -> None:
    width, height = PAD
    for row in range(max(0, int(y - radius)), min(height, int(y + radius) + 2)):
        for column in range(max(0, int(x - radius)), min(width, int(x + radius) + 2)):
            cover = max(0.0, min(1.0, radius + 0.5 - math.hypot(column - x, row - y)))
            at = 4 * (row * width + column)
            if cover * 255 > pixels[at + 3]:
                pixels[at : at + 4] = bytes((*INK[:3], int(cover * 255)))


def _png(pixels: bytes | bytearray, size: tuple[int, int], *, colour: int) -> bytes:
    width, height = size
    line = len(pixels) // height
    rows = b"".join(b"\0" + bytes(pixels[y * line : (y + 1) * line]) for y in range(height))
    head = struct.pack(">2I5B", width, height, 8, colour, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
