"""The desk's pages: the agreement as it will print, and the acts on it."""

from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from fengqiao.agreements import commands, forms
from fengqiao.agreements.changes import between
from fengqiao.agreements.commands.links import address_of
from fengqiao.agreements.commands.numbers import why_not_void
from fengqiao.agreements.content import read
from fengqiao.agreements.evidence import OF_THE_MEDIATOR, Identity, SigningEvidence, drawn
from fengqiao.agreements.models import Agreement, How, SigningLink
from fengqiao.agreements.review import checklist, faults
from fengqiao.agreements.sheet import on_screen
from fengqiao.disputes.lifecycle import Act, Hat
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import User
from fengqiao.web.act_pages import ActPage, act_page
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refused, refusing
from fengqiao.web.once import idempotent_form
from fengqiao.web.visits import address_of as ip_of

from .finding import agreement_of, dispute_of

SHEET = "agreements/agreement.html"


@require_GET
@acting
def agreement(request: HttpRequest, number: str, draft: int | None = None) -> HttpResponse:
    """The paper at the left; who has signed, what a court would say and what changed at the right."""
    dispute = dispute_of(request, number)
    found = agreement_of(dispute, draft)
    if found is None:
        return page(request, "agreements/none.html", dispute=dispute)
    content, earlier = read(found), found.earlier
    hats = dispute.hats_of(staff(request))
    return page(
        request, SHEET,
        dispute=dispute, agreement=found, sheet=on_screen(found), earlier=earlier, scan=found.scan,
        faults=faults(content, dispute) if found.status == "draft" else [],
        findings=checklist(content, dispute) if found.is_open or found.is_binding else [],
        changes=between(read(earlier), content) if earlier else [],
        is_mediator=Hat.MEDIATOR in hats, helps=bool({Hat.MEDIATOR, Hat.HANDLER} & hats),
        others=dispute.agreements.exclude(pk=found.pk), mine=_mine(found, request),
    )  # fmt: skip


@acting
@idempotent_form
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """The mediator signs."""
    dispute, found = _open_draft(request, number)
    if request.method == "GET" and (reason := _why_not_sign(dispute, found, request)):
        return refused(request, reason)
    form = forms.StatementForm(
        posted(request), statements=OF_THE_MEDIATOR, initial={"digest": found and found.text_sha256}
    )
    if form.is_valid() and found is not None:
        with refusing(form):
            user = staff(request)
            commands.sign(found, signer=user, evidence=_evidence(request, form), by=user)
            return page(request, "agreements/sign.html", then=_at(dispute), said=_("签好了"))
    return page(request, "agreements/sign.html", dispute=dispute, agreement=found, form=form)


@require_POST
@acting
@idempotent_form
def make_link(request: HttpRequest, number: str, party: int) -> HttpResponse:
    """A link for one party; where it can be read off and scanned comes next."""
    dispute, found = _open_draft(request, number)
    if found is None:
        raise Refused(str(NOTHING_OUT))
    commands.make_link(found, get_object_or_404(dispute.parties, pk=party), by=staff(request))
    link = SigningLink.objects.filter(agreement=found, party=party).order_by("pk").last()
    return redirect("signing_link_made", number, link.pk if link else 0)


@require_GET
@acting
def link_made(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The link as a QR code and as a line to copy, for those who may give it away."""
    dispute = dispute_of(request, number)
    if not {Hat.MEDIATOR, Hat.HANDLER} & dispute.hats_of(staff(request)):
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
    commands.send_reminder(found, get_object_or_404(dispute.parties, pk=party), by=staff(request))
    return page(request, SHEET, then=_at(dispute), said=_("已提醒"))


NOTHING_OUT = gettext_lazy("没有等着签名的协议。")


def _reachable(request: HttpRequest, link: SigningLink) -> str:
    """The public address; where none is set, the one under which the desk itself was reached."""
    return (
        address_of(link)
        if settings.PUBLIC_URL
        else request.build_absolute_uri(reverse("signing_link", args=[link.token]))
    )


def _open_draft(request: HttpRequest, number: str) -> tuple[Dispute, Agreement | None]:
    """The draft that is being written or signed."""
    dispute = dispute_of(request, number)
    return dispute, dispute.agreements.open().select_related("committee", "template").first()


def _lacks(dispute: Dispute, by: User) -> str | None:
    return None if dispute.agreements.open().exists() else str(forms.NOTHING_DRAFTED)


def _why_not_sign(dispute: Dispute, found: Agreement | None, request: HttpRequest) -> str | None:
    user = staff(request)
    if reason := dispute.why_not(Act.SIGN, user) or _lacks(dispute, user):
        return reason
    slot = found.slot_of(user) if found else None
    if slot is None:
        return _("协议上没有您的签名处。")
    return _("您已经签了。") if slot.signature else None


def _mine(found: Agreement, request: HttpRequest) -> bool:
    """Whether the mediator who looks has still to sign."""
    slot = found.slot_of(staff(request)) if found.is_out else None
    return slot is not None and slot.signature is None


def _evidence(request: HttpRequest, form: forms.StatementForm) -> SigningEvidence:
    image, strokes = drawn(request.POST)
    return SigningEvidence(
        how=How.DESK, digest=form.cleaned_data["digest"], image=image, strokes=strokes, statements=form.ticked,
        identity=Identity.SIGNED_IN, ip=ip_of(request), user_agent=request.headers.get("User-Agent", ""),
    )  # fmt: skip


def _at(dispute: Dispute) -> str:
    return reverse("agreement", args=[dispute.number])


Page = partial(ActPage, template="agreements/act.html", back="agreement")

circulate = act_page(
    Page(
        Act.CIRCULATE,
        forms.CirculateForm,
        commands.circulate,
        gettext_lazy("已发出，等各方签名"),
        title=gettext_lazy("发给双方看"),
        further=_lacks,
        icon="send",
    )
)
revise = act_page(
    Page(
        Act.REVISE,
        forms.ReviseForm,
        commands.revise,
        gettext_lazy("已收回，可以改了"),
        title=gettext_lazy("收回再改"),
        further=_lacks,
        then="draft_agreement",
    )
)
sign_on_paper = act_page(
    Page(
        Act.SIGN,
        forms.ScanForm,
        commands.sign_on_paper,
        gettext_lazy("已记下，协议生效"),
        title=gettext_lazy("上传签好的扫描件"),
        further=_lacks,
        icon="upload",
    )
)
void_number = act_page(
    Page(
        None,
        forms.VoidForm,
        commands.void_number,
        gettext_lazy("编号已作废"),
        title=gettext_lazy("作废编号"),
        further=why_not_void,
        icon="ban",
        stop=True,
    )
)
