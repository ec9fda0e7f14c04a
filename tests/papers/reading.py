"""Reading a typeset paper back, the way a search or a screen reader would."""

import io
import re

import pypdf


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page without any white space (the typesetter spaces Chinese and Latin apart)."""
    return [re.sub(r"\s", "", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    """The text of all pages, headers and footers included, without any white space."""
    return "".join(pages_of(pdf))
