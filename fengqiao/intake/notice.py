"""The privacy notice: its text in a template, its version here, and the row that keeps what was really shown."""

from django.template.loader import render_to_string
from django.utils import translation

from fengqiao.bodies.models import Body
from fengqiao.ledger.hashing import digest_of_bytes

from .models import ConsentNotice

VERSION = "2026-2"  # change it with the text in intake/privacy.html
TEMPLATE = "intake/privacy.html"


def notice_in_force() -> ConsentNotice:
    """The notice as it reads today, kept word for word from its first use on. Writes: not for a GET."""
    text = notice_text()
    found, _made = ConsentNotice.objects.get_or_create(
        version=VERSION, digest=digest_of_bytes(text.encode()), defaults={"text": text}
    )
    return found


def notice_text() -> str:
    """The text that is legally the one agreed to: the Chinese one, whatever language the screen speaks."""
    centre = Body.objects.root()
    with translation.override("zh-hans"):
        return render_to_string(TEMPLATE, {"centre_name": centre.name if centre else ""})
