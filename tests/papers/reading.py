"""Reading a typeset paper back, the way a search or a screen reader would."""

import re

from pypdfium2 import PdfDocument


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page without any white space (the typesetter spaces Chinese and Latin apart)."""
    with PdfDocument(pdf) as document:
        return [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]


def text_of(pdf: bytes) -> str:
    """The text of all pages, headers and footers included, without any white space."""
    return "".join(pages_of(pdf))


def width_of(pdf: bytes) -> float:
    """How wide the first page is, in millimetres."""
    with PdfDocument(pdf) as document:
        return document[0].get_width() / 72 * 25.4
