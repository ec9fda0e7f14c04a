"""照协议做: what one side has done, and whether the other says so too."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from fengqiao.disputes.lifecycle import Act
from fengqiao.fulfilment.balance import balance_of
from fengqiao.fulfilment.commands import confirm_performance, deny_performance, record_performance
from fengqiao.fulfilment.models import Performance
from fengqiao.kernel.money import yuan
from fengqiao.portal.act_forms import CheckClaimForm, PerformedForm
from fengqiao.web.actors import for_parties
from fengqiao.web.http import acting, page, posted, refused, refusing, sent_files
from fengqiao.web.once import idempotent_form

from .my import back, here


@for_parties
@never_cache
@acting
@idempotent_form
def performed(request: HttpRequest, pk: int) -> HttpResponse:
    """记一笔: the debtor's word waits for the other side, the creditor's counts at once (人民调解法 31)."""
    actor, dispute = here(request)
    duty = get_object_or_404(dispute.obligations.select_related("debtor", "creditor"), pk=pk)
    if actor.party not in (duty.debtor, duty.creditor):
        raise Http404
    if reason := dispute.why_not(Act.PERFORM, actor):
        return refused(request, reason)
    balance, is_mine = balance_of(duty), duty.debtor == actor.party
    left = balance.unclaimed if is_mine else balance.left
    form = PerformedForm(posted(request), sent_files(request), obligation=duty, left=left)
    if form.is_valid():
        said = form.cleaned_data
        with refusing(form):
            record_performance(
                duty, on=said["on"], amount_fen=said.get("amount"), how=said["how"], proof=said["proof"],
                remark=said["remark"], by=actor, seen=form.version,
            )  # fmt: skip
            told = _("记下了，等对方核对") if is_mine else _("记下了")
            return page(request, "portal/performed.html", then=back(), said=told)
    return page(request, "portal/performed.html", dispute=dispute, duty=duty, is_mine=is_mine, form=form)


@for_parties
@never_cache
@acting
@idempotent_form
def check_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """核对: whether what the other side says it did is true."""
    actor, dispute = here(request)
    claims = Performance.objects.select_related("obligation", "proof")
    claim = get_object_or_404(claims, pk=pk, obligation__dispute=dispute, obligation__creditor=actor.party)
    if reason := dispute.why_not(Act.PERFORM, actor):
        return refused(request, reason)
    form = CheckClaimForm(posted(request))
    if form.is_valid():
        with refusing(form):
            if form.cleaned_data["true"] == "yes":
                confirm_performance(claim, by=actor, seen=form.version)
            else:
                deny_performance(claim, reason=form.cleaned_data["reason"], by=actor, seen=form.version)
            return page(request, "portal/check_claim.html", then=back(), said=_("记下了"))
    amount = yuan(claim.amount_fen) if claim.amount_fen else ""
    return page(request, "portal/check_claim.html", dispute=dispute, claim=claim, amount=amount, form=form)
