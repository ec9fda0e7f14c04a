"""短信和邮件: what this party was told, and how they want to be told of their own matter."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from fengqiao.notices.commands import choose
from fengqiao.notices.listing import told_of
from fengqiao.notices.models import Choice
from fengqiao.notices.outgoing import wants_sms
from fengqiao.portal.act_forms import MessagesForm
from fengqiao.web.actors import for_parties
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form

from .my import back, here

MOST = 50


@for_parties
@sensitive_post_parameters("mail")
@sensitive_variables("form")
@never_cache
@acting
@idempotent_form
def my_messages(request: HttpRequest) -> HttpResponse:
    """Stop them, or have them by mail too: on one page, without asking why."""
    actor, dispute = here(request)
    party = actor.party
    choice = Choice.objects.filter(party=party).first()
    now = choice or Choice(party=party, sms=wants_sms(party, dispute, None), version=0)
    initial = {"sms": now.sms, "mail": now.mail, "language": now.language, "seen": now.version}
    form = MessagesForm(posted(request), initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        with refusing(form):
            choose(party, sms=said["sms"], mail=said["mail"], language=said["language"], by=actor, seen=form.version)
            words = _("记下了，以后照这样告诉您") if said["sms"] or said["mail"] else _("记下了，不再给您发")
            return page(request, "portal/my_messages.html", then=back(), said=words)
    return page(
        request, "portal/my_messages.html", here="my", dispute=dispute, form=form, phone=party.masked_phone,
        lines=told_of(dispute, party, most=MOST),
    )  # fmt: skip
