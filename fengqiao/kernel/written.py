"""What somebody has to put into words: a reason, an answer, a place; in one form, there, and not too long."""

from django.utils.translation import gettext as _

from .errors import Refused
from .text import normalise

LONGEST = 300  # characters of a reason


def given(text: str, why: str, *, longest: int = LONGEST) -> str:
    """The text in one form. Refused with `why` when there is none, and when it is too long."""
    if not (text := short(text, longest=longest)):
        raise Refused(why)
    return text


def short(text: str, *, longest: int = LONGEST) -> str:
    """The text in one form, which may be empty. Refused when it is too long."""
    text = normalise(text)
    if len(text) > longest:
        raise Refused(_("写得太长了，请在 %(n)d 个字以内写清楚。") % {"n": longest})
    return text
