"""Icons drawn inline: the outline shapes of the installed icon package, read once and kept."""

import re
from functools import lru_cache
from pathlib import Path

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class IconMissing(LookupError):
    """The icon package is not installed, or has no icon of that name."""


def icon_folder() -> Path:
    """Where the npm package keeps its outline icons."""
    return Path(settings.NODE_MODULES) / "@tabler" / "icons" / "icons" / "outline"


@lru_cache(maxsize=512)
def icon_shape(name: str) -> SafeString:
    """The inside of the icon's `<svg>`. Raises `IconMissing`, which says what to do."""
    file = icon_folder() / f"{name}.svg"
    if not file.is_file():
        raise IconMissing(f"no icon {name!r} in {icon_folder()}: run `npm ci --ignore-scripts`, or correct the name")
    body = _BODY.search(file.read_text(encoding="utf-8"))
    if body is None:
        raise IconMissing(f"{file} is not an icon")
    return mark_safe(" ".join(body.group(1).split()))  # noqa: S308 (a file of a pinned package, no person's text)


@lru_cache(maxsize=256)
def qr_shape(text: str) -> tuple[int, str]:
    """Side length in modules and the path that draws the QR code of `text`, with the quiet zone left to the style."""
    rows = [bytes(row) for row in segno.make_qr(text, error="m").matrix]
    path = "".join(
        f"M{run.start()} {y}h{run.end() - run.start()}v1h-{run.end() - run.start()}z"
        for y, row in enumerate(rows)
        for run in re.finditer(rb"\x01+", row)
    )
    return len(rows), path
