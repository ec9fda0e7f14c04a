"""What machines can do about a dispute: each act, the body it takes, and the command it calls. One table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from fengqiao.bodies.models import Body
from fengqiao.callbacks import commands as callbacks
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Category, Dispute, Party, Willing
from fengqiao.disputes.ratings import Rating
from fengqiao.kernel.errors import Refused
from fengqiao.mediation import commands as mediation
from fengqiao.people.models import User
from fengqiao.routing import commands as routing

from .schemas import Strict, text

Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Seen(Strict):
    seen: Version | None = None  # the version the sender had before them; a newer one is told as 409 `stale`


class Reasoned(Seen):
    reason: Annotated[str, text(300, 1)]


class Dispatch(Seen):
    to: Annotated[str, text(60, 1)]
    remark: Annotated[str, text(300)] = ""
    why: Annotated[str, text(300)] = ""  # it goes elsewhere than the rules propose


class Refuse(Reasoned):
    cites: Annotated[str, text(70, 1)]  # item:<of the duty list> or rule:<number>: which line is wrong about it


class Onward(Reasoned):
    to: Annotated[str, text(60, 1)]


class CallIn(Reasoned):
    body: Annotated[str, text(60, 1)]


class Merge(Reasoned):
    into: Annotated[str, text(30, 1)]


class Reject(Seen):
    reason: Annotated[str, text(40, 1)]
    remedies: Annotated[list[Annotated[str, text(200, 1)]], Field(min_length=1, max_length=10)]
    words: Annotated[str, text(300)] = ""


class HandOver(Reasoned):
    to_name: Annotated[str, text(120, 1)]
    kind: Annotated[str, text(40, 1)]


class Grade(Seen):
    category: Annotated[str, text(10)] | None = None
    difficulty: Literal["general", "complex", "major"]
    risk: Literal["R0", "R1", "R2", "R3"]
    title: Annotated[str, text(120)] = ""
    remark: Annotated[str, text(300)] = ""


class Willingness(Seen):
    party: Key
    willing: Literal["yes", "no"]
    remark: Annotated[str, text(300)] = ""


class Fail(Seen):
    reason: Annotated[str, text(40, 1)]
    remedies: Annotated[list[Annotated[str, text(200, 1)]], Field(min_length=1, max_length=10)]
    words: Annotated[str, text(300)] = ""


class Close(Seen):
    remark: Annotated[str, text(300)] = ""


class CallBack(Seen):
    party: Key
    how: Literal["phone", "visit", "sms"]
    rating: Annotated[str, text(20, 1)]
    words: Annotated[str, text(1000)] = ""


class Archive(Seen):
    years: Annotated[int, Field(ge=0, le=100)] | None = None  # empty: as long as the rules say; 0: for ever


class Remind(Seen):
    words: Annotated[str, text(300, 1)]


@dataclass(frozen=True)
class Doing:
    """One act as the API takes it."""

    body: type[Seen]
    run: Callable[[Dispute, Any, User], Any]


def _simply(command: Callable[..., Any]) -> Callable[[Dispute, Any, User], Any]:
    """The body's fields are the command's own."""
    return lambda dispute, body, by: command(dispute, by=by, **body.model_dump())


def _towards(command: Callable[..., Any], field: str = "to") -> Callable[[Dispute, Any, User], Any]:
    """The same, where one field is the key of a body."""

    def run(dispute: Dispute, body: Any, by: User) -> Any:
        facts = body.model_dump()
        facts[field] = _body(facts[field])
        return command(dispute, by=by, **facts)

    return run


def _willingness(dispute: Dispute, body: Willingness, by: User) -> Any:
    party = _party(dispute, body.party)
    return mediation.record_willingness(party, willing=Willing(body.willing), remark=body.remark, by=by, seen=body.seen)


def _call_back(dispute: Dispute, body: CallBack, by: User) -> Any:
    facts = body.model_dump() | {"party": _party(dispute, body.party)}
    if body.rating not in Rating.values:
        raise Refused(
            _("没有评价 %(code)s，可以用的有：%(all)s。") % {"code": body.rating, "all": "、".join(Rating.values)}
        )
    return callbacks.call_back(dispute, by=by, **facts)


def _close(dispute: Dispute, body: Close, by: User) -> Any:
    return callbacks.close(dispute, outcome="", remark=body.remark, by=by, seen=body.seen)


def _merge(dispute: Dispute, body: Merge, by: User) -> Any:
    into = Dispute.objects.visible_to(by).filter(number=body.into).first()
    if into is None:
        raise Refused(_("没有编号 %(number)s 的纠纷，或者不归您看。") % {"number": body.into})
    return routing.merge(dispute, into=into, reason=body.reason, by=by, seen=body.seen)


def _grade(dispute: Dispute, body: Grade, by: User) -> Any:
    facts = body.model_dump() | {"category": category_of(body.category)}
    return routing.grade(dispute, by=by, **facts)


DOING: dict[Act, Doing] = {
    Act.GRADE: Doing(Grade, _grade),
    Act.DISPATCH: Doing(Dispatch, _towards(routing.dispatch)),
    Act.ACCEPT: Doing(Seen, _simply(routing.accept)),
    Act.RETURN: Doing(Refuse, _simply(routing.return_back)),
    Act.REJECT: Doing(Reject, _simply(routing.reject)),
    Act.ESCALATE: Doing(Reasoned, _simply(routing.escalate)),
    Act.REFER_DOWN: Doing(Onward, _towards(routing.refer_down)),
    Act.TRANSFER: Doing(Onward, _towards(routing.transfer)),
    Act.CALL_IN: Doing(CallIn, _towards(routing.call_in, "body")),
    Act.MERGE: Doing(Merge, _merge),
    Act.HAND_OVER: Doing(HandOver, _simply(routing.hand_over)),
    Act.CONSENT: Doing(Willingness, _willingness),
    Act.SUSPEND: Doing(Reasoned, _simply(mediation.suspend)),
    Act.RESUME: Doing(Seen, _simply(mediation.resume)),
    Act.FAIL: Doing(Fail, _simply(mediation.fail)),
    Act.CLOSE: Doing(Close, _close),
    Act.CALL_BACK: Doing(CallBack, _call_back),
    Act.REOPEN: Doing(Reasoned, _simply(callbacks.reopen)),
    Act.ARCHIVE: Doing(Archive, _simply(callbacks.archive)),
    Act.REMIND: Doing(Remind, _simply(routing.remind)),
}


def category_of(code: str | None) -> Category | None:
    """The category of this code. Refused for an unknown one."""
    if not code:
        return None
    found = Category.objects.filter(code=code).first()
    if found is None:
        raise Refused(_("没有类型 %(code)s。") % {"code": code})
    return found


def _party(dispute: Dispute, pk: int) -> Party:
    found = dispute.parties.filter(pk=pk).first()
    if found is None:
        raise Refused(_("这件事里没有这位当事人。"))
    return found


def _body(key: str) -> Body:
    found = Body.objects.filter(key=key).first()
    if found is None:
        raise Refused(_("没有单位 %(key)s。") % {"key": key})
    return found
