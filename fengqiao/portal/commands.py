"""The one change that is the portal's own: a party hands in further papers, all of them or none."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Dispute
from fengqiao.disputes.passes import PartyActor
from fengqiao.kernel.errors import Refused
from fengqiao.papers.commands import Upload, add_upload, named_after
from fengqiao.papers.models import Paper, PaperKind

MOST_FILES = 30  # that one party may add to one dispute


@transaction.atomic
def add_material(
    dispute: Dispute, *, files: Sequence[Upload], title: str, by: PartyActor, seen: int | None = None
) -> list[Paper]:
    """Keep what a party hands in as evidence of theirs. Refused once it is closed, and beyond thirty files."""
    dispute = Dispute.objects.lock(dispute.pk, seen=seen)
    if dispute.is_closed:
        raise Refused(_("这件事已经办完，不能再补材料。还有问题，请提意见或者到窗口。"))
    if dispute.papers.filter(party=by.party).count() + len(files) > MOST_FILES:
        raise Refused(_("一件事最多传 %(n)d 个文件。其余的请带到窗口。") % {"n": MOST_FILES})
    named = [title or named_after(file) or _("材料") for file in files]
    return [
        add_upload(dispute, file, kind=PaperKind.EVIDENCE, title=name, by=by, party=by.party)
        for file, name in zip(files, named, strict=True)
    ]
