"""What the page of a dispute is drawn with: a stage's card from the stage's own context, and a party in one line."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.translation import gettext as _

from fengqiao.desk.stages import Card
from fengqiao.disputes.models import Party
from fengqiao.intake.needs import in_words
from fengqiao.kernel import masking

register = template.Library()
AROUND = ("request", "user", "csrf_token", "now", "display")


@register.simple_tag(takes_context=True)
def stage_card(context: Context, card: Card) -> str:
    """The card; request, person and token come along, the page's own values do not."""
    around = {name: context[name] for name in AROUND if name in context}
    found: Any = get_template(card.template)
    return found.template.render(Context({**around, **card.context}))


@register.filter
def facts(party: Party) -> str:
    """女，67 岁，退休；who speaks for them, masked like everybody; what they need."""
    age = _("%(n)d 岁") % {"n": party.age} if party.age is not None else ""
    lines = ["，".join(filter(None, [party.sex, age, party.occupation]))]
    if party.representative:
        lines.append(_("负责人或代表：%(name)s") % {"name": masking.name(party.representative)})
    if party.agent:
        lines.append(_("代理人：%(name)s") % {"name": masking.name(party.agent)})
    lines.append("、".join(in_words(party.needs)))
    return "；".join(filter(None, lines))
