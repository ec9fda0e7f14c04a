"""Reading and signing: by link on one's own phone, in the portal with a pass, or on the desk's screen."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from fengqiao.agreements import commands
from fengqiao.agreements.commands.links import link_behind
from fengqiao.agreements.evidence import OF_A_PARTY, Identity
from fengqiao.agreements.forms import OpenLinkForm, RefusalForm, StatementForm
from fengqiao.agreements.models import How, SigningLink
from fengqiao.agreements.sitting import Sitting
from fengqiao.disputes.commands import look
from fengqiao.disputes.lifecycle import Hat
from fengqiao.disputes.passes import PartyActor
from fengqiao.web.actors import for_parties, staff
from fengqiao.web.errors import sorry
from fengqiao.web.http import acting, page, posted, refused, refusing
from fengqiao.web.once import idempotent_form

from .finding import agreement_of, dispute_of, shown_to_parties

READ, SIGN = "agreements/sitting_read.html", "agreements/sitting_sign.html"
NO, DONE = "agreements/sitting_no.html", "agreements/sitting_done.html"
OPENED = "signing:links"  # in the session: {link key: how it was known who opened it}
SHOWN = "signing:identity"  # in the session of the desk: the parties whose papers were looked at


@login_not_required
@sensitive_post_parameters("answer")
@never_cache
@acting
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The party's own link: first who it is, then the clauses."""
    link = link_behind(token)
    if link is None:
        return _dead_link(request)
    identity = request.session.get(OPENED, {}).get(str(link.pk))
    if identity is None:
        return _ask_who(request, link)
    return _sit(request, _of_link(request, link, identity))


@login_not_required
@require_GET
def link_paper(request: HttpRequest, token: str) -> HttpResponseBase:
    """The paper itself, for who opened the link; a look, and logged as one."""
    link = link_behind(token)
    if link is None or str(link.pk) not in request.session.get(OPENED, {}):
        raise Http404
    paper = link.agreement.paper or link.agreement.draft_paper
    if paper is None:
        raise Http404
    look(paper.dispute, what=paper.title, reason=_("打开文书"), by=PartyActor(link.party), party=paper.party)
    answer = FileResponse(paper.path.open("rb"), content_type=paper.media_type)
    answer["Content-Disposition"] = f'inline; filename="{paper.dispute.number}-{paper.pk}.{paper.extension}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@for_parties
@never_cache
@acting
def my_agreement(request: HttpRequest) -> HttpResponse:
    """The same for who came with a code and a PIN."""
    actor: PartyActor = request.party_actor  # type: ignore[attr-defined]
    agreement = shown_to_parties(actor.party.dispute)
    if agreement is None:
        return page(request, "agreements/sitting_none.html", dispute=actor.party.dispute)
    paper = agreement.paper or agreement.draft_paper
    sitting = Sitting(
        request, agreement, actor.party, by=actor, how=How.PHONE, identity=Identity.PIN, url=reverse("my_agreement"),
        paper_url=paper.get_absolute_url() if paper else "",
    )  # fmt: skip
    return _sit(request, sitting)


@acting
def on_screen(request: HttpRequest, number: str, party: int) -> HttpResponse:
    """The desk's screen, handed over by the mediator once they have seen who it is."""
    user, dispute = staff(request), dispute_of(request, number)
    if Hat.MEDIATOR not in dispute.hats_of(user):
        return refused(request, _("屏幕由调解员递给当事人签。"), status=403)
    signer, agreement = get_object_or_404(dispute.parties, pk=party), agreement_of(dispute)
    if agreement is None:
        raise Http404
    back = reverse("agreement", args=[number])
    sitting = Sitting(
        request, agreement, signer, by=user, how=How.DESK, identity=Identity.IN_PERSON,
        url=reverse("sign_on_screen", args=[number, party]), after=back,
    )  # fmt: skip
    mark = f"{agreement.pk}:{party}"
    if not sitting.is_waiting or mark in request.session.get(SHOWN, []):
        return _sit(request, sitting)
    if request.POST.get("do") == "seen":
        request.session[SHOWN] = [*request.session.get(SHOWN, []), mark]
        return redirect(sitting.url)
    return page(request, "agreements/sitting_who.html", sitting=sitting, status=200)


def _ask_who(request: HttpRequest, link: SigningLink) -> HttpResponse:
    form = OpenLinkForm(posted(request))
    if form.is_valid():
        with refusing(form):
            identity = commands.open_link(link, answer=form.cleaned_data["answer"])
            request.session.cycle_key()
            request.session[OPENED] = {**request.session.get(OPENED, {}), str(link.pk): str(identity.value)}
            return redirect("signing_link", link.token)
    return page(request, "agreements/sitting_open.html", form=form, link=link)


def _of_link(request: HttpRequest, link: SigningLink, identity: str) -> Sitting:
    return Sitting(
        request, link.agreement, link.party, by=PartyActor(link.party), how=How.PHONE, identity=identity,
        url=reverse("signing_link", args=[link.token]), paper_url=reverse("signing_link_paper", args=[link.token]),
    )  # fmt: skip


def _dead_link(request: HttpRequest) -> HttpResponse:
    text = _("链接七天内有效，只能由本人打开；错的次数太多也会停用。请打电话给调解员，重新发一个。")
    return sorry(request, 404, _("这个链接打不开了"), text, icon="link-off")


@idempotent_form
def _sit(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """One step: read on, sign, refuse, or see how it stands."""
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do == "read":
        number = request.POST.get("clause", "")
        sitting.mark(int(number) if number.isdecimal() else 0)
        return redirect(sitting.url)
    if not sitting.is_waiting:
        return page(request, DONE, sitting=sitting, **_whole(sitting), status=200)
    if do == "refuse" or "refuse" in request.GET:
        return _refuse(request, sitting)
    if sitting.here is not None:
        return page(request, READ, sitting=sitting, **_whole(sitting), status=200)
    return _sign(request, sitting)


def _sign(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    form = StatementForm(posted(request), statements=OF_A_PARTY, initial={"digest": sitting.agreement.text_sha256})
    if form.is_valid():
        with refusing(form):
            evidence = sitting.evidence(form)
            commands.sign(sitting.agreement, signer=sitting.party, evidence=evidence, by=sitting.by)
            return redirect(sitting.url)
    return page(request, SIGN, sitting=sitting, form=form, **_whole(sitting))


def _refuse(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Only the parties themselves say no; at the desk the screen goes back to the mediator."""
    if not isinstance(sitting.by, PartyActor):
        return redirect(sitting.after)
    form = RefusalForm(posted(request), initial={"reason": _objection(request)})
    if form.is_valid():
        with refusing(form):
            commands.refuse(sitting.agreement, reason=form.cleaned_data["reason"], by=sitting.by)
            return redirect(sitting.url)
    return page(request, NO, sitting=sitting, form=form, **_whole(sitting))


def _objection(request: HttpRequest) -> str:
    n = request.GET.get("refuse", "")
    return _("第 %(n)d 条我不同意：") % {"n": int(n)} if n.isdecimal() and int(n) else ""


def _whole(sitting: Sitting) -> dict[str, Any]:
    dispute = sitting.agreement.dispute
    return {"agreement": sitting.agreement, "dispute": dispute, "clock": dispute.main_clock}
