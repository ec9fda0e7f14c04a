"""The desk's own small forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fengqiao.disputes.models import Dispute
from fengqiao.papers.models import PaperKind

# What people bring or photograph; everything else the system makes itself.
BROUGHT = (
    PaperKind.EVIDENCE, PaperKind.IDENTITY, PaperKind.AUTHORISATION, PaperKind.INVESTIGATION, PaperKind.PERFORMANCE,
    PaperKind.CONFIRMATION, PaperKind.NOTE, PaperKind.OTHER,
)  # fmt: skip


class PaperForm(forms.Form):
    """A file for the dispute's papers."""

    file = forms.FileField(label=_("选文件或者拍照"), help_text=_("PDF、JPG 或 PNG，不超过 10 MB。"))
    kind = forms.ChoiceField(label=_("是什么材料"), choices=[(kind.value, kind.label) for kind in BROUGHT])
    title = forms.CharField(label=_("名称"), max_length=120, help_text=_("例如：2026年10月渗水现场照片"))
    party: Any = forms.ModelChoiceField(None, label=_("谁的"), required=False, empty_label=_("不属于哪一方"))

    def __init__(self, *args: Any, dispute: Dispute, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = dispute.parties.all()  # type: ignore[attr-defined]

    @property
    def facts(self) -> dict[str, Any]:
        """What the command is given."""
        given = self.cleaned_data
        return {
            "upload": given["file"], "kind": PaperKind(given["kind"]), "title": given["title"], "party": given["party"],
        }  # fmt: skip


class LookForm(forms.Form):
    """Why somebody wants to see what is masked."""

    reason = forms.CharField(label=_("为什么要看"), max_length=100)
