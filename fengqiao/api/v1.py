"""/api/v1: the operations."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Header, NinjaAPI, Query
from ninja.openapi.schema import OpenAPISchema

from fengqiao.disputes.commands import PartyDraft
from fengqiao.disputes.lifecycle import Act, State, step
from fengqiao.disputes.models import Channel, Difficulty, Dispute, PartyRole
from fengqiao.intake.commands import receive
from fengqiao.intake.drafts import ReceptionDraft, kind_of
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.ledger.sealing import sealed_up_to
from fengqiao.papers.models import Paper
from fengqiao.places.models import Region
from fengqiao.web.actors import staff
from fengqiao.web.once import fingerprint_of, once

from .acts import DOING, Doing, category_of
from .problems import USUAL, speak
from .reading import Filters, page_of
from .rendering import JsonParser, Renderer, dumped
from .schemas import ActOut, DisputeIn, DisputeOut, DisputeRow, EntryOut, Page, PaperOut, Registered
from .tokens import Bearer


class Api(NinjaAPI):
    """Says in its schema, as its answers do, that problems are application/problem+json."""

    _schema: OpenAPISchema | None = None

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Drawn up once: a quarter of a second, for anybody who asks."""
        if self._schema is None:
            self._schema = self._drawn_up(super().get_openapi_schema(**options))
        return self._schema

    def _drawn_up(self, schema: OpenAPISchema) -> OpenAPISchema:
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in answer.get("content", {}):
                        answer["content"]["application/problem+json"] = answer["content"].pop("application/json")
        return schema


api = Api(
    title="枫桥 Fengqiao", version="1", auth=Bearer(), renderer=Renderer(), parser=JsonParser(),
    docs_url=None, openapi_url="/openapi.json", urls_namespace="api-1",
    description="One dispute, registered once. Same commands, hats and policies as the pages.",
)  # fmt: skip
speak(api)

KEY = Header(..., alias="Idempotency-Key", min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")


@api.get("/disputes", response={200: Page, **USUAL}, tags=["disputes"])
def list_disputes(request: HttpRequest, wanted: Query[Filters]) -> dict[str, Any]:
    """What this account may see, newest first."""
    found, onward = page_of(staff(request), wanted)
    return {"items": [DisputeRow.of(dispute) for dispute in found], "next": onward}


@api.post("/disputes", response={201: Registered, **USUAL}, tags=["disputes"])
def register(request: HttpRequest, body: DisputeIn, key: str = KEY) -> HttpResponse:
    """Register a dispute, as a window would. The same key again gives the same answer and registers nothing."""

    def answer() -> HttpResponse:
        received = receive(draft=_draft(body), by=staff(request))
        dispute = received.dispute
        told = {
            "dispute": DisputeOut.whole(dispute, staff(request)),
            "code": received.issued.access.code,
            "pin": received.issued.pin,
        }
        return HttpResponse(dumped(told), status=201, content_type="application/json")

    return _once(request, key, answer)


@api.get("/disputes/{number}", response={200: DisputeOut, **USUAL}, tags=["disputes"])
def show(request: HttpRequest, number: str) -> dict[str, Any]:
    """One dispute, whole, masked."""
    return DisputeOut.whole(_found(request, number), staff(request))


@api.get("/disputes/{number}/story", response={200: list[EntryOut], **USUAL}, tags=["disputes"])
def story(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """What happened, in order, each entry with its hash in the chain."""
    dispute = _found(request, number)
    sealed = sealed_up_to("dispute", dispute.pk)
    return [EntryOut.of(entry, sealed) for entry in Entry.objects.of("dispute", dispute.pk)]


@api.get("/disputes/{number}/papers", response={200: list[PaperOut], **USUAL}, tags=["disputes"])
def papers(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """The papers of the dispute: what they are and their SHA-256."""
    dispute = _found(request, number)
    return [PaperOut.of(paper) for paper in Paper.objects.visible_to(staff(request)).filter(dispute=dispute)]


@api.get("/disputes/{number}/acts", response={200: list[ActOut], **USUAL}, tags=["acts"])
def acts(request: HttpRequest, number: str) -> list[dict[str, Any]]:
    """Every act: whether this account may do it now, and if not, why not."""
    dispute = _found(request, number)
    return [_act(dispute, act, staff(request)) for act in Act]


def _offer(act: Act, doing: Doing) -> None:
    """One operation for each act, so that the schema tells what each of them takes."""

    def do(request: HttpRequest, number: str, body: Any, key: str = KEY) -> HttpResponse:
        dispute = _found(request, number)

        def answer() -> HttpResponse:
            doing.run(dispute, body, staff(request))
            done = Dispute.objects.with_names().get(pk=dispute.pk)
            return HttpResponse(dumped(DisputeOut.whole(done, staff(request))), content_type="application/json")

        return _once(request, key, answer)

    do.__annotations__["body"] = doing.body
    do.__doc__ = f"{act.label}. Send `seen` to be told (409 `stale`) of changes in between."
    api.post(
        f"/disputes/{{number}}/acts/{act.value}", response={200: DisputeOut, **USUAL}, tags=["acts"],
        operation_id=f"act_{act.value}", summary=act.value,
    )(do)  # fmt: skip


for _one, _doing in DOING.items():
    _offer(_one, _doing)


@api.post("/disputes/{number}/acts/{act}", response={200: DisputeOut, **USUAL}, include_in_schema=False)
def not_here(request: HttpRequest, number: str, act: Act) -> None:
    """An act that needs a page: signatures, papers, a person's look."""
    if reason := _found(request, number).why_not(act, staff(request)):
        raise Refused(reason)
    raise Refused(_("“%(act)s”要在页面上办，接口还不能办。") % {"act": act.label})


def _found(request: HttpRequest, number: str) -> Dispute:
    """A peer's dispute is not there, as on the pages."""
    rows = Dispute.objects.visible_to(staff(request)).with_names().prefetch_related("assists")
    return get_object_or_404(rows, number=number.replace("\x00", ""))


def _once(request: HttpRequest, key: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    return once(
        key, actor=staff(request).ledger_id, path=request.path, fingerprint=fingerprint_of(request.body), answer=answer
    )


def _draft(body: DisputeIn) -> ReceptionDraft:
    place = None
    if body.place:
        place = Region.objects.filter(code=body.place).first()
        if place is None:
            raise Refused(_("没有区划代码 %(code)s。") % {"code": body.place})
    parties = [
        PartyDraft(
            role=PartyRole(party.role), name=party.name, kind=kind_of(party.name, party.kind or ""), phone=party.phone,
            id_number=party.id_number, home=party.home, occupation=party.occupation,
        )
        for party in body.parties
    ]  # fmt: skip
    return ReceptionDraft(
        parties=parties, facts=body.facts, title=body.title, demand=body.demand, category=category_of(body.category),
        difficulty=Difficulty(body.difficulty), place=place, address=body.address, amount_fen=body.amount_fen,
        channel=Channel(body.channel), external_ref=body.external_ref, is_restricted=body.is_restricted,
    )  # fmt: skip


def _act(dispute: Dispute, act: Act, actor: Any) -> dict[str, Any]:
    reason = dispute.why_not(act, actor)
    found = step(act, State(dispute.state))
    return {
        "act": act.value, "label": str(act.label), "possible": reason is None, "reason": reason,
        "ground": str(found.ground) if found else None,
        "body": DOING[act].body.model_json_schema() if act in DOING else None,
    }  # fmt: skip
