"""What a party says by a small form: willing or not, how it was, an objection, taking it back, a further paper."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from fengqiao.callbacks.commands import call_back, contest
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute, PartyRole, Willing
from fengqiao.disputes.passes import PartyActor
from fengqiao.disputes.ratings import Contact, Rating
from fengqiao.mediation.commands import record_willingness, withdraw
from fengqiao.portal.act_forms import ContestForm, MaterialForm, RatingForm, WillingForm, WithdrawForm
from fengqiao.portal.commands import add_material
from fengqiao.web.actors import for_parties
from fengqiao.web.http import acting, page, posted, refused, refusing, sent_files
from fengqiao.web.once import idempotent_form

from .my import back, here


@for_parties
@never_cache
@acting
@idempotent_form
def willing(request: HttpRequest) -> HttpResponse:
    """愿不愿意谈 (人民调解法 3, 23)."""
    actor, dispute = here(request)
    if reason := dispute.why_not(Act.CONSENT, actor):
        return refused(request, reason)
    form = WillingForm(posted(request))
    if form.is_valid():
        said = form.cleaned_data
        with refusing(form):
            record_willingness(
                actor.party, willing=Willing(said["willing"]), remark=said["remark"], by=actor, seen=form.version
            )
            return page(request, "portal/willing.html", then=back(), said=_("记下了，谢谢您"))
    return page(request, "portal/willing.html", dispute=dispute, form=form)


@for_parties
@never_cache
@acting
@idempotent_form
def rating(request: HttpRequest) -> HttpResponse:
    """满不满意."""
    actor, dispute = here(request)
    if reason := dispute.why_not(Act.CALL_BACK, actor):
        return refused(request, reason)
    form = RatingForm(posted(request))
    if form.is_valid():
        said = form.cleaned_data
        with refusing(form):
            call_back(
                dispute, party=actor.party, how=Contact.ONLINE, rating=Rating(said["rating"]), words=said["words"],
                by=actor, seen=form.version,
            )  # fmt: skip
            return page(request, "portal/rating.html", then=back(), said=_("记下了，谢谢您"))
    return page(request, "portal/rating.html", dispute=dispute, form=form)


@for_parties
@never_cache
@acting
@idempotent_form
def objection(request: HttpRequest) -> HttpResponse:
    """我有意见: open after archiving too (人民调解法 32)."""
    actor, dispute = here(request)
    if reason := dispute.why_not(Act.CONTEST, actor):
        return refused(request, reason)
    form = ContestForm(posted(request))
    if form.is_valid():
        with refusing(form):
            contest(dispute, words=form.cleaned_data["words"], by=actor, seen=form.version)
            return page(request, "portal/objection.html", then=back(), said=_("收到了，我们会答复您"))
    return page(request, "portal/objection.html", dispute=dispute, form=form)


@for_parties
@never_cache
@acting
@idempotent_form
def withdrawal(request: HttpRequest) -> HttpResponse:
    """撤回, in two steps: why, then what it means (人民调解法 23)."""
    actor, dispute = here(request)
    if reason := _may_not_withdraw(dispute, actor):
        return refused(request, reason)
    form = WithdrawForm(posted(request))
    if form.is_valid() and not form.cleaned_data["sure"]:
        return page(request, "portal/withdraw_sure.html", status=200, dispute=dispute, form=form)
    if form.is_valid():
        with refusing(form):
            withdraw(dispute, reason=form.cleaned_data["reason"], by=actor, seen=form.version)
            return page(request, "portal/withdraw.html", then=back(), said=_("已经撤回"))
    return page(request, "portal/withdraw.html", dispute=dispute, form=form)


@for_parties
@never_cache
@acting
@idempotent_form
def material(request: HttpRequest) -> HttpResponse:
    """补材料: seen by those who work on it and by who sent it, not by the other side."""
    actor, dispute = here(request)
    if dispute.is_closed:
        return refused(request, _("这件事已经办完，不能再补材料。还有问题，请提意见或者到窗口。"))
    form = MaterialForm(posted(request), sent_files(request))
    if form.is_valid():
        with refusing(form):
            said = form.cleaned_data
            add_material(dispute, files=said["photos"], title=said["title"], by=actor, seen=form.version)
            return page(request, "portal/material.html", then=back(), said=_("材料收到了"))
    return page(request, "portal/material.html", dispute=dispute, form=form)


def _may_not_withdraw(dispute: Dispute, actor: PartyActor) -> str | None:
    if actor.party.role != PartyRole.APPLICANT:
        return _("只有先来反映的一方可以撤回。您不想谈，可以告诉我们“不愿意”。")
    return dispute.why_not(Act.WITHDRAW, actor)
