"""The press: every dispute in a transaction of its own, once however often it is pressed, and each told what became of it."""

from dataclasses import dataclass

from django.db import OperationalError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import User
from fengqiao.routing import commands as routing
from fengqiao.routing.reach import reachable_from
from fengqiao.web.once import fingerprint_of, once

from .proposing import why_not_from_here

PATH = "/desk/dispatch/"
OLD_PAGE = gettext_lazy("这一页放久了，请回到清单重新勾选。")


@dataclass(frozen=True)
class Wish:
    """What was asked for one dispute: to the body of this name, by who saw this version of it."""

    number: str
    to: str
    seen: int | None
    why: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of it: the body that has it now, or the sentence that says why not."""

    number: str
    sent_to: str = ""
    refusal: str = ""


def send(wish: Wish, *, key: str, by: User) -> Outcome:
    """Dispatch one dispute of the sheet with this key. Pressed again, the first answer is given again; a refusal may be mended."""
    if not key:
        return Outcome(wish.number, refusal=str(OLD_PAGE))
    mark = fingerprint_of(f"{wish.to}\n{wish.why}".encode())
    try:
        answer = once(
            f"{key}:{wish.number}", actor=by.ledger_id, path=PATH, fingerprint=mark,
            answer=lambda: HttpResponse(_sent(wish, by=by).name),
        )  # fmt: skip
    except Refused as no:
        return Outcome(wish.number, refusal=str(no))
    except OperationalError:
        return Outcome(wish.number, refusal=_("系统忙，这一件没有分派。请再按一次。"))
    return Outcome(wish.number, sent_to=answer.content.decode())


def _sent(wish: Wish, *, by: User) -> Body:
    dispute = Dispute.objects.visible_to(by).filter(number=wish.number).first()
    if dispute is None:
        raise Refused(_("没有找到编号 %(number)s，或者不归您看。") % {"number": wish.number})
    if wish.seen is None:
        raise Refused(str(OLD_PAGE))
    dispute = Dispute.objects.lock(dispute.pk, seen=wish.seen)
    if reason := why_not_from_here(dispute, by):
        raise Refused(reason)
    to = _named(wish.to, sender=by.body or dispute.body)
    routing.dispatch(dispute, to=to, why=wish.why, seen=wish.seen, by=by)
    return to


def _named(name: str, *, sender: Body) -> Body:
    if not name.strip():
        raise Refused(_("没有写交给哪个单位。"))
    found = list(reachable_from(sender).filter(name=name.strip())[:2])
    if not found:
        raise Refused(_("不能分派给“%(name)s”。请从列出来的单位里选。") % {"name": name})
    if len(found) > 1:
        raise Refused(_("叫“%(name)s”的单位不止一个，请打开这件事再分派。") % {"name": name})
    return found[0]
