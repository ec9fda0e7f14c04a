"""The parts that screens are made of, small ones: icons, states, clocks, empty, pager, field, filters for time and money."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fengqiao.web import moments
from fengqiao.web.chips import KIND_ICONS, Chip, chip
from fengqiao.web.fields import FieldLook, LaidOut
from fengqiao.web.icons import icon_shape, qr_shape
from fengqiao.web.pages import pager_look
from fengqiao.web.templatetags import ui_blocks

register = template.Library()
ui_blocks.offer(register)


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, cls: str = "") -> SafeString:
    """An outline icon beside a word; it is hidden from readers, so the word must be there."""
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', f"icon {cls}".strip(), icon_shape(name)
    )


@register.inclusion_tag("web/mark.html")
def mark() -> dict[str, Any]:
    """The bridge: our sign."""
    return {}


@register.simple_tag
def qr(url: str, label: str = "") -> SafeString:
    """A QR code drawn inline, two modules of quiet around it."""
    side, path = qr_shape(str(url))
    return format_html(
        '<svg class="qr" viewBox="-2 -2 {0} {0}" role="img" aria-label="{1}"><path d="{2}"/></svg>',
        side + 4,
        label or _("二维码"),
        path,
    )


@register.simple_tag
def state(kind: str, label: str, icon: str = "") -> SafeString:
    """A state badge: always an icon and a word. `kind`: time, soon, late, done, idle."""
    return format_html('<span class="fq-state is-{}">{}{}</span>', kind, _icon(icon or KIND_ICONS[kind]), label)


@register.simple_tag
def clock(clock: Any, cls: str = "", *, soon: int | None = None, weekday: bool = False) -> SafeString:
    """A deadline chip from any object with `due_at`. `soon`: hours before the end when it turns amber.

    Every line of every list has one, so it is no template of its own.
    """
    chip = read_clock(clock, soon=soon, weekday=weekday)
    if chip is None:
        return SafeString("")
    until = format_html('<span class="until">{}</span>', chip.until) if chip.until else ""
    kind, shape = f"{chip.kind} {cls}".strip(), _icon(chip.icon)
    return format_html('<span class="fq-clock is-{}">{}<b>{}</b>{}</span>', kind, shape, chip.left, until)


@register.inclusion_tag("web/ladder.html")
def ladder(steps: Any) -> dict[str, Any]:
    """The levels. Each step has `level`, `name`, `notes` (lines) and `status`: was, skip, here or not."""
    return {"steps": steps}


@register.inclusion_tag("web/story.html")
def story(entries: Any) -> dict[str, Any]:
    """What happened. Each entry has `at`, `icon`, `sentence`; and maybe `details`, `url`, `is_sealed`, `is_shredded`."""
    return {"entries": entries}


@register.inclusion_tag("web/empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "", icon: str = "mood-smile") -> dict[str, Any]:
    """Nothing here: what is so, and what to do."""
    return {"title": title, "text": text, "url": url, "label": label, "icon": icon}


@register.inclusion_tag("web/pager.html", takes_context=True)
def pager(context: Context, page: Any, things: str, param: str = "") -> dict[str, Any]:
    """Pages of a Django `Page` (numbered), or of any object with `previous_cursor`, `next_cursor` and maybe `total`.

    `things` is what the list counts, with its measure word: 件纠纷, 个机构.
    """
    return {"look": pager_look(context["request"], page, param), "things": things}


@register.inclusion_tag("web/field.html")
def field(bound: BoundField, cls: str = "", **look: Any) -> dict[str, Any]:
    """Label, 必填 or 选填, control, hint, error beside it, all joined for readers. Options: see `FieldLook`."""
    return {"look": FieldLook(bound, cls, **look)}


@register.inclusion_tag("web/fields.html")
def fields(form: LaidOut) -> dict[str, Any]:
    """All fields of the form to be seen, each as the form says."""
    return {"form": form}


@register.inclusion_tag("web/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """What is wrong with the form as a whole: a refusal, or a rule across fields."""
    return {"errors": form.non_field_errors() if form else []}


@register.inclusion_tag("web/masked.html", takes_context=True)
def masked(context: Context, value: str, kind: str, url: str = "") -> dict[str, Any]:
    """An already masked value with 查看, which POSTs to `url`, so that the look can be logged. `kind`: 电话, 住址 …"""
    return {"value": value, "kind": kind, "url": url, "csrf_token": context.get("csrf_token")}


@register.simple_tag
def form_key() -> SafeString:
    """The hidden field by which `idempotent_form` knows a form that is sent twice."""
    return format_html('<input type="hidden" name="form_key" value="{}">', uuid4().hex)


@register.simple_tag
def seen(thing: Any) -> SafeString:
    """The hidden field that tells which version of `thing` the person was looking at; stale ones are refused (409)."""
    return format_html('<input type="hidden" name="seen" value="{}">', thing.version)


@register.filter
def highlight(text: str, words: str) -> SafeString:
    """The text with the typed words underlined."""
    wanted = "|".join(re.escape(word) for word in (words or "").split())
    if not wanted:
        return conditional_escape(text)
    parts = re.split(f"({wanted})", text, flags=re.IGNORECASE)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", p) if i % 2 else p,) for i, p in enumerate(parts))
    )


@register.filter
def ago(at: datetime | None) -> str:
    """3 小时前."""
    return moments.ago(at) if at else ""


@register.filter
def lately(at: datetime | None) -> str:
    """今天 08:30."""
    return moments.lately(at) if at else ""


@register.filter
def moment(at: datetime | date | None) -> str:
    """11月23日 周一 17:00."""
    return moments.moment(at) if at else ""


@register.filter
def day(on: date | datetime | None) -> str:
    """11月23日."""
    return moments.day(on) if on else ""


@register.filter
def until(due: datetime | None) -> str:
    """11月29日 24:00."""
    return moments.until(due) if due else ""


@register.filter
def span(length: timedelta | None) -> str:
    """3 天 7 小时."""
    return moments.span(length) if length is not None else ""


@register.filter
def yuan(amount: Decimal | int | str | None) -> str:
    """8,600 or 8,600.50, in yuan; nothing for no amount."""
    if amount in (None, ""):
        return ""
    value = Decimal(str(amount))
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


def read_clock(clock: Any, *, soon: int | None = None, weekday: bool = False) -> Chip | None:
    """The chip of a clock, or none where no clock runs."""
    if clock is None or clock == "":
        return None
    if isinstance(clock, Chip):
        return clock
    return chip(clock, soon=timedelta(hours=soon) if soon else None, with_weekday=weekday)


_icon = icon
