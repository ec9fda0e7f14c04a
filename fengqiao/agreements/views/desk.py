"""The desk's pages: the agreement as it will print, and the acts on it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fengqiao.agreements import commands
from fengqiao.agreements.changes import between
from fengqiao.agreements.commands.links import address_of
from fengqiao.agreements.content import read
from fengqiao.agreements.evidence import OF_THE_MEDIATOR, Identity, SigningEvidence, drawn
from fengqiao.agreements.forms import ReasonForm, ScanForm, SeenForm, StatementForm
from fengqiao.agreements.models import Agreement, How, SigningLink
from fengqiao.agreements.review import checklist, faults
from fengqiao.agreements.sheet import on_screen
from fengqiao.agreements.throttle import address_of as ip_of
from fengqiao.disputes.lifecycle import Act, Hat
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.web.http import acting, page, posted, refused, refusing, sent_files
from fengqiao.web.once import idempotent_form

from .finding import agreement_of, dispute_of, staff_of

ACT = "agreements/act.html"


@acting
def agreement(request: HttpRequest, number: str, draft: int | None = None) -> HttpResponse:
    """The paper at the left; who has signed, what a court would say and what changed at the right."""
    dispute = dispute_of(request, number)
    found = agreement_of(dispute, draft)
    if found is None:
        return page(request, "agreements/none.html", dispute=dispute)
    content, earlier = read(found), found.earlier
    hats = dispute.hats_of(request.user)
    return page(
        request, "agreements/agreement.html",
        dispute=dispute, agreement=found, sheet=on_screen(found), earlier=earlier, scan=found.scan,
        faults=faults(content, dispute) if found.status == "draft" else [],
        findings=checklist(content, dispute) if found.is_open or found.is_binding else [],
        changes=between(read(earlier), content) if earlier else [],
        is_mediator=Hat.MEDIATOR in hats, helps=bool({Hat.MEDIATOR, Hat.HANDLER} & hats),
        others=dispute.agreements.exclude(pk=found.pk), mine=_mine(found, request),
    )  # fmt: skip


@acting
@idempotent_form
def circulate(request: HttpRequest, number: str) -> HttpResponse:
    """Lay the draft before the parties."""
    dispute, found = _open_draft(request, number)
    if request.method == "GET" and (reason := dispute.why_not(Act.CIRCULATE, request.user) or _lacks(found)):
        return refused(request, reason)
    form = SeenForm(posted(request))
    if form.is_valid() and found is not None:
        with refusing(form):
            commands.circulate(found, by=request.user, **form.cleaned_data)
            return page(request, ACT, then=_at(dispute), said=_("已发出，等各方签名"))
    look = {"findings": checklist(read(found), dispute), "faults": faults(read(found), dispute)} if found else {}
    lead = _("发出以后，文字不能再动；要改得先收回。双方和调解员都签了，自动编号、盖章、生效。")
    return _act(request, dispute, form, _("发给双方看"), lead, icon="send", **look)


@acting
@idempotent_form
def revise(request: HttpRequest, number: str) -> HttpResponse:
    """Take it back."""
    dispute, found = _open_draft(request, number)
    if request.method == "GET" and (reason := dispute.why_not(Act.REVISE, request.user) or _lacks(found)):
        return refused(request, reason)
    form = ReasonForm(posted(request), label=_("为什么收回"))
    if form.is_valid() and found is not None:
        with refusing(form):
            commands.revise(found, by=request.user, **form.cleaned_data)
            return page(request, ACT, then=reverse("draft_agreement", args=[number]), said=_("已收回，可以改了"))
    lead = _("已经签的作废，改好以后各方重新签。双方会看到您写的理由。")
    return _act(request, dispute, form, _("收回再改"), lead)


@acting
@idempotent_form
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """The mediator signs."""
    dispute, found = _open_draft(request, number)
    if request.method == "GET" and (reason := _why_not_sign(dispute, found, request)):
        return refused(request, reason)
    form = StatementForm(posted(request), statements=OF_THE_MEDIATOR, initial={"digest": found and found.text_sha256})
    if form.is_valid() and found is not None:
        with refusing(form):
            commands.sign(found, signer=staff_of(request), evidence=_evidence(request, form), by=request.user)
            return page(request, "agreements/sign.html", then=_at(dispute), said=_("签好了"))
    return page(request, "agreements/sign.html", dispute=dispute, agreement=found, form=form)


@acting
@idempotent_form
def sign_on_paper(request: HttpRequest, number: str) -> HttpResponse:
    """The scan of what everybody signed by hand."""
    dispute, found = _open_draft(request, number)
    if request.method == "GET" and (reason := dispute.why_not(Act.SIGN, request.user) or _lacks(found)):
        return refused(request, reason)
    form = ScanForm(posted(request), sent_files(request))
    if form.is_valid() and found is not None:
        facts = {name: form.cleaned_data[name] for name in ("scan", "signed_on", "seen")}
        with refusing(form):
            commands.sign_on_paper(found, by=request.user, **facts)
            return page(request, ACT, then=_at(dispute), said=_("已记下，协议生效"))
    lead = _("打印出来，各方签名、按手印，盖上章，扫描或者拍照传上来。和屏幕上签一样有效。页脚的核对码要清楚。")
    return _act(request, dispute, form, _("上传签好的扫描件"), lead, icon="upload", files=True)


@acting
@idempotent_form
def void_number(request: HttpRequest, number: str, draft: int) -> HttpResponse:
    """Mark a number as void."""
    dispute = dispute_of(request, number)
    found = get_object_or_404(dispute.agreements, draft=draft)
    form = ReasonForm(posted(request), label=_("为什么作废"))
    if form.is_valid():
        with refusing(form):
            commands.void_number(found, by=request.user, **form.cleaned_data)
            return page(request, ACT, then=_at(dispute), said=_("编号已作废"))
    lead = _("%(number)s 作废以后不再使用，理由一直留着；还没履行的各项一并免除。") % {"number": found}
    return _act(request, dispute, form, _("作废编号"), lead, icon="ban", stop=True)


@require_POST
@acting
@idempotent_form
def make_link(request: HttpRequest, number: str, party: int) -> HttpResponse:
    """A link for one party; where it can be read off and scanned comes next."""
    dispute, found = _open_draft(request, number)
    if found is None:
        raise Refused(str(NOTHING_OUT))
    commands.make_link(found, get_object_or_404(dispute.parties, pk=party), by=request.user)
    link = SigningLink.objects.filter(agreement=found, party=party).order_by("pk").last()
    return redirect("signing_link_made", number, link.pk if link else 0)


@acting
def link_made(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The link as a QR code and as a line to copy, for those who may give it away."""
    dispute = dispute_of(request, number)
    if not {Hat.MEDIATOR, Hat.HANDLER} & dispute.hats_of(request.user):
        return refused(request, _("签名链接由承办单位和调解员交给本人。"), status=403)
    links = SigningLink.objects.filter(agreement__dispute=dispute).select_related("party", "agreement")
    link = get_object_or_404(links, pk=pk)
    return page(
        request,
        "agreements/link.html",
        dispute=dispute,
        link=link,
        address=_reachable(request, link),
        alive=link.is_alive(),
    )


@require_POST
@acting
@idempotent_form
def remind(request: HttpRequest, number: str, party: int) -> HttpResponse:
    """Ask somebody again."""
    dispute, found = _open_draft(request, number)
    if found is None:
        raise Refused(str(NOTHING_OUT))
    commands.send_reminder(found, get_object_or_404(dispute.parties, pk=party), by=request.user)
    return page(request, ACT, then=_at(dispute), said=_("已提醒"))


NOTHING_OUT = gettext_lazy("没有等着签名的协议。")


def _reachable(request: HttpRequest, link: SigningLink) -> str:
    """The public address; where none is set, the one under which the desk itself was reached."""
    return (
        address_of(link)
        if settings.PUBLIC_URL
        else request.build_absolute_uri(reverse("signing_link", args=[link.token]))
    )


def _act(request: HttpRequest, dispute: Dispute, form: Any, verb: str, lead: str, **look: Any) -> HttpResponse:
    return page(request, ACT, dispute=dispute, form=form, verb=verb, lead=lead, **look)


def _open_draft(request: HttpRequest, number: str) -> tuple[Dispute, Agreement | None]:
    """The draft that is being written or signed."""
    dispute = dispute_of(request, number)
    open_ = dispute.agreements.filter(status__in=["draft", "circulated"]).select_related("committee", "template")
    return dispute, open_.first()


def _lacks(found: Agreement | None) -> str | None:
    return None if found else _("还没有拟协议，请先拟一稿。")


def _why_not_sign(dispute: Dispute, found: Agreement | None, request: HttpRequest) -> str | None:
    if reason := dispute.why_not(Act.SIGN, request.user) or _lacks(found):
        return reason
    slot = found.slot_of(staff_of(request)) if found else None
    if slot is None:
        return _("协议上没有您的签名处。")
    return _("您已经签了。") if slot.signature else None


def _mine(found: Agreement, request: HttpRequest) -> bool:
    """Whether the mediator who looks has still to sign."""
    slot = found.slot_of(staff_of(request)) if found.is_out else None
    return slot is not None and slot.signature is None


def _evidence(request: HttpRequest, form: StatementForm) -> SigningEvidence:
    image, strokes = drawn(request.POST)
    return SigningEvidence(
        how=How.DESK, digest=form.cleaned_data["digest"], image=image, strokes=strokes, statements=form.ticked,
        identity=Identity.SIGNED_IN, ip=ip_of(request), user_agent=request.headers.get("User-Agent", ""),
    )  # fmt: skip


def _at(dispute: Dispute) -> str:
    return reverse("agreement", args=[dispute.number])
