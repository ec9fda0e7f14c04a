"""回应: a body that was called in says whether it comes. Whether they answer in time is one of the three 100 %."""

from typing import Any

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.disputes.commands import note
from fengqiao.disputes.events import CallAnswered
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Assist, AssistAnswer, Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.people.models import User
from fengqiao.web.act_pages import ActForm, told
from fengqiao.web.acts import Offer

from .joint.tasks import assigned, refused, staff_of

LONGEST = 300  # characters


@transaction.atomic
def answer_call(
    dispute: Dispute, *, comes: bool, by: User, words: str = "", person: User | None = None, seen: int | None = None
) -> Dispute:
    """The called body answers, once. A no needs its reason; a yes may name who comes (呼、分、联、销).

    It changes nothing that an open form shows, so it makes nobody's form stale.
    """
    dispute = Dispute.objects.lock(dispute.pk)
    if reason := why_not_answer(dispute, by):
        raise Refused(reason)
    words = normalise(words)[:LONGEST]
    if not comes and not words:
        raise Refused(_("来不了，请写明为什么，好让承办单位另请。"))
    assist = dispute.assists.select_related("body").get(body=by.body_id)
    row = AssistAnswer.objects.create(assist=assist, comes=comes, words=words, at=timezone.now())
    answer = _("派人来") if comes else _("来不了")
    event = CallAnswered(body=assist.body.name, body_id=assist.body_id, comes=comes, answer=answer, remark=words)
    dispute = note(dispute, event, by=by, rows=[row])
    if not comes:
        refused(dispute, assist, words, by=by)
    elif person is not None:
        assigned(dispute, assist, person, by=by)
    return dispute


def why_not_answer(dispute: Dispute, actor: Any) -> str | None:
    """The reason, in a sentence, why this person cannot answer a call now."""
    assist = _call(dispute, actor)
    if assist is None:
        return _("只有被呼叫的单位可以回应。")
    if dispute.is_closed:
        return _("这件事已经归档或者并案，不用再回应。")
    if AssistAnswer.objects.filter(assist=assist).exists():
        return _("%(body)s已经回应过了。情况有变，请打电话。") % {"body": assist.body}
    return None


def answer_offer(dispute: Dispute, actor: Any) -> list[Offer]:
    """The act, for the body that was called; nobody else need read of it."""
    if _call(dispute, actor) is None:
        return []
    url = reverse("answer_call", args=[dispute.number])
    reason = why_not_answer(dispute, actor)
    return [Offer(Act.CALL_IN, _("回应呼叫"), url, "message-reply", reason, primary=reason is None)]


class AnswerCallForm(ActForm):
    lead = gettext_lazy("承办单位在等您单位的回音。四十八小时内回应算及时。")
    comes = forms.TypedChoiceField(
        label=gettext_lazy("来不来"), choices=[("1", gettext_lazy("派人来")), ("0", gettext_lazy("来不了"))],
        coerce=lambda value: value == "1", widget=forms.RadioSelect,
    )  # fmt: skip
    person = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("派谁"), required=False, empty_label=gettext_lazy("以后再定")
    )
    words = told(gettext_lazy("什么时候来；来不了的写原因"), required=False)

    def prepare(self) -> None:
        if self.actor.body is not None:
            self.offer("person", staff_of(self.actor.body))


def _call(dispute: Dispute, actor: Any) -> Assist | None:
    if not isinstance(actor, User) or not actor.works_cases:
        return None
    return next((assist for assist in dispute.assists.all() if assist.body_id == actor.body_id), None)
