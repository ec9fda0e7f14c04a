"""Hand out a file to those who may see its dispute, and write down that they looked."""

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengqiao.disputes.commands import look
from fengqiao.web.actors import actor_of, open_to_parties

from .models import Paper


@require_GET
@open_to_parties
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file itself. It shows names in full, so opening it is a look and is logged before it is sent."""
    actor = actor_of(request)
    found = get_object_or_404(Paper.objects.visible_to(actor).select_related("dispute"), pk=pk)
    look(found.dispute, what=found.title, reason=_("打开文书"), by=actor, party=found.party)
    answer = FileResponse(found.path.open("rb"), content_type=found.media_type)
    answer["Content-Disposition"] = _disposition(request, found)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _disposition(request: HttpRequest, found: Paper) -> str:
    kind = "attachment" if "download" in request.GET else "inline"
    return f'{kind}; filename="{found.dispute.number}-{found.pk}.{found.extension}"'
