"""Draws a stage's card on the page of a dispute, from the stage's own context and nothing of the page's."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import get_template

from fengqiao.desk.stages import Card

register = template.Library()
AROUND = ("request", "user", "csrf_token", "now", "display")


@register.simple_tag(takes_context=True)
def stage_card(context: Context, card: Card) -> str:
    """The card; request, person and token come along, the page's own values do not."""
    around = {name: context[name] for name in AROUND if name in context}
    found: Any = get_template(card.template)
    return found.template.render(Context({**around, **card.context}))
