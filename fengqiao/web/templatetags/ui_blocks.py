"""Parts that hold other parts: card, turn bar, dialog. They are offered through the library `ui`."""

from typing import Any

from django.template import Library
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from fengqiao.web.chips import Chip, chip


def card(
    content: SafeString,
    title: str = "",
    note: str = "",
    *,
    aside: str = "",
    id: str = "",
    cls: str = "",
    url: str = "",
    link: str = "",
    number: str = "",
    bare: bool = False,
    level: int = 2,
) -> SafeString:
    """A titled box. `note` is grey beside the title, `aside` at the right as are `url` and `link`; `bare`: no padding."""
    look = {
        "title": title,
        "note": note,
        "aside": aside,
        "id": id,
        "cls": cls,
        "url": url,
        "link": link,
        "number": number,
    }
    return render_to_string("web/card.html", {**look, "content": content, "bare": bare, "level": level})


def turn_bar(
    content: SafeString,
    who: str,
    what: str = "",
    *,
    note: str = "",
    why: Any = (),
    clock: Any = None,
    kind: str = "",
    icon: str = "hand-finger",
    soon: int | None = None,
) -> SafeString:
    """Whose move it is. `why`: a sentence or a list of them; `clock`: as for the chip; inside: at most one primary act."""
    read: Chip | None = chip(clock, with_weekday=True) if clock and not isinstance(clock, Chip) else clock or None
    reasons = [why] if isinstance(why, str) else list(why)
    look = {"who": who, "what": what, "note": note, "why": [str(reason) for reason in reasons if reason], "chip": read}
    return render_to_string(
        "web/turn_bar.html",
        {**look, "kind": kind or (read.kind if read else "idle"), "icon": icon, "acts": mark_safe(content.strip())},  # noqa: S308 (a rendered block),
    )


def dialog(
    context: Context,
    content: SafeString,
    title: str,
    label: str = "",
    *,
    id: str = "",
    action: str = "",
    verb: str = "",
    icon: str = "",
    kind: str = "",
    open: Any = False,
    target: str = "",
    enctype: str = "",
    cls: str = "",
) -> SafeString:
    """An act that asks for something first. A `<details>` without script, a modal `<dialog>` with it.

    `label` is on the button that opens it, `verb` on the one that acts. With `action` the tag writes the form (token
    and form key included) around the content; without, the content brings its own `.body` and footer. `open` shows it at once, as after
    an error. `kind`: primary or stop. `target`: what htmx swaps with the answer.
    """
    look = {"title": title, "label": label or title, "id": id, "action": action, "verb": verb or label or title}
    look |= {"icon": icon, "kind": kind, "target": target, "enctype": enctype, "cls": cls, "content": content}
    token = context.get("csrf_token")
    return render_to_string("web/dialog.html", {**look, "open": bool(open), "csrf_token": token})


def offer(register: Library) -> None:
    """Add these tags to a library."""
    register.simple_block_tag(card)
    register.simple_block_tag(turn_bar)
    register.simple_block_tag(dialog, takes_context=True)
