"""Writing a draft, and registering an oral agreement: the same sheet, by plain submissions."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from fengqiao.agreements import commands
from fengqiao.agreements.commands.oral import better_in_writing
from fengqiao.agreements.content import AgreementContent, read
from fengqiao.agreements.editor import Editor, posted_sheet, sheet_of
from fengqiao.agreements.forms import BlanksForm
from fengqiao.agreements.library import fitting, start_from
from fengqiao.agreements.models import Agreement, Status, Template
from fengqiao.disputes.lifecycle import Act, Hat, State
from fengqiao.disputes.models import Dispute
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, refused, refusing
from fengqiao.web.once import idempotent_form

from .finding import dispute_of

TEMPLATE = "agreements/editor.html"
SAVE = "save"


@acting
def draft_agreement(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet of the draft; a template is picked by a link, rows come and go by buttons."""
    dispute = dispute_of(request, number)
    if request.method == "GET" and (reason := _why_no_draft(dispute, request)):
        return refused(request, reason)
    last = dispute.agreements.exclude(status__in=(Status.ORAL, Status.VOID)).order_by("draft").last()
    edition = last.edition if last and last.status == Status.DRAFT else 0
    if request.method == "GET":
        return _show(request, _opened(request, dispute, last, edition))
    return _posted(request, Editor(dispute, template=_template(request), edition=edition), _save_draft)


@acting
def agree_orally(request: HttpRequest, number: str) -> HttpResponse:
    """The register of oral agreements."""
    dispute = dispute_of(request, number)
    if request.method == "GET" and (reason := dispute.why_not(Act.AGREE_ORALLY, staff(request))):
        return refused(request, reason)
    editor = Editor(dispute, template=_template(request), edition=0, oral=True)
    if request.method == "GET":
        return _show(request, editor.show(sheet_of(start_from(editor.template, dispute))))
    return _posted(request, editor, _save_oral)


def _posted(request: HttpRequest, editor: Editor, save) -> HttpResponse:
    """A button of the sheet: save it, or change it and show it again with everything that was typed."""
    sheet, what = posted_sheet(request.POST), request.POST.get("do", SAVE)
    blanks = BlanksForm(request.POST, names=sheet.blanks())
    if not blanks.is_valid():
        return _show(request, editor.show(sheet, blanks=request.POST), status=422)
    sheet.fill(blanks.values)
    if what == SAVE:
        return save(request, editor.bind(sheet))
    sheet.do(what)
    return _show(request, editor.show(sheet), status=200, fresh=what)


@idempotent_form
def _save_draft(request: HttpRequest, editor: Editor) -> HttpResponse:
    if editor.is_valid():
        with refusing(editor.parts):
            agreement = commands.draft(
                editor.dispute, content=editor.content(), by=staff(request), edition=_number(request, "edition"),
                seen=_number(request, "seen"),
            )  # fmt: skip
            then = reverse("agreement", args=[editor.dispute.number])
            return page(request, TEMPLATE, then=then, said=_("第 %(n)d 稿存好了") % {"n": agreement.draft})
    return _show(request, editor)


@idempotent_form
def _save_oral(request: HttpRequest, editor: Editor) -> HttpResponse:
    if editor.is_valid():
        with refusing(editor.parts):
            agreement = commands.agree_orally(
                editor.dispute, content=editor.content(), by=staff(request), seen=_number(request, "seen")
            )
            then = reverse("agreement", args=[editor.dispute.number])
            return page(
                request, TEMPLATE, then=then, said=_("已登记 %(number)s，即日生效") % {"number": agreement.number}
            )
    return _show(request, editor)


def _show(request: HttpRequest, editor: Editor, *, status: int | None = None, fresh: str = "") -> HttpResponse:
    hints = better_in_writing(editor.dispute) if editor.oral else []
    return page(
        request, TEMPLATE, "sheet", status=status, dispute=editor.dispute, editor=editor, fresh=fresh, hints=hints,
        parts=editor.parts, clauses=editor.clauses, terms=editor.terms, templates=fitting(editor.dispute),
    )  # fmt: skip


def _opened(request: HttpRequest, dispute: Dispute, last: Agreement | None, edition: int) -> Editor:
    """The draft as it lies there; a template that was picked replaces it, but only once it is saved."""
    picked = _template(request)
    if picked is None and last is not None and "template" not in request.GET:
        content: AgreementContent = read(last)
    else:
        content = start_from(picked, dispute)
    return Editor(dispute, template=content.template, edition=edition).show(sheet_of(content))


def _template(request: HttpRequest) -> Template | None:
    key = request.POST.get("template") or request.GET.get("template", "")
    return Template.objects.filter(key=key).order_by("-is_active", "-version").first() if key else None


def _number(request: HttpRequest, name: str) -> int | None:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() else None


def _why_no_draft(dispute: Dispute, request: HttpRequest) -> str | None:
    if Hat.MEDIATOR not in dispute.hats_of(staff(request)):
        return _("只有这件事的调解员可以拟协议。")
    if dispute.state == State.SIGNING:
        return _("协议已经发出，等着签名。要改，请先收回。")
    return dispute.why_not(Act.CIRCULATE, staff(request))
