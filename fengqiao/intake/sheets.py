"""The paper that intake makes: 人民调解受理登记表, the first of the file (人民调解法 17, 27)."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Channel, Dispute, Party
from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.papers.commands import add_typeset
from fengqiao.papers.models import Paper, PaperKind
from fengqiao.people.models import SYSTEM

# The form asks how the committee came to it; what is on neither list was asked for by the person.
FOUND = {Channel.GRID, Channel.VILLAGE}
SENT = {Channel.HOTLINE, Channel.POLICE, Channel.COURT, Channel.PETITION, Channel.API}


@transaction.atomic
def file_register(dispute: Dispute, *, by: Any) -> Paper:
    """Typeset the register and put it on file; the one that is there already is returned.

    Refused before somebody has accepted the dispute, and to those who do not work on it.
    """
    dispute = Dispute.objects.lock(dispute.pk)
    if found := dispute.papers.filter(kind=PaperKind.INTAKE_REGISTER).first():
        return found
    if by is not SYSTEM and not (getattr(by, "works_cases", False) and dispute.hats_of(by)):
        raise Refused(_("只有办这件事的单位可以做受理登记表。"))
    if dispute.accepted_at is None:
        raise Refused(_("还没有受理。受理以后再做受理登记表。"))
    with translation.override("zh-hans"):  # a paper is Chinese, whatever language the screen speaks
        title = _("人民调解受理登记表")
        facts = _facts(dispute)
        return add_typeset(dispute, "intake_register", facts, kind=PaperKind.INTAKE_REGISTER, title=title, by=by)


def register_on_acceptance(entry: Entry) -> None:
    """Reaction to an acceptance: the file begins with its register. Told twice, it stays one."""
    file_register(Dispute.objects.get(pk=entry.subject_id), by=SYSTEM)


def _facts(dispute: Dispute) -> dict[str, Any]:
    """The data of the form `intake_register` (papers/forms/intake_register.typ)."""
    visits = list(dispute.visits.select_related("window", "clerk"))
    first = visits[0] if visits else None
    persons = sum(visit.persons for visit in visits)
    return {
        "committee": dispute.body.name,
        "number": dispute.official_number,
        "date": timezone.localdate(dispute.accepted_at),
        "demo": getattr(settings, "DEMO", False),
        "received_at": timezone.localtime(dispute.registered_at),
        "kind": dispute.category.name if dispute.category else "",
        **_source(Channel(dispute.channel)),
        "channel": dispute.get_channel_display(),
        "window": str(first.window or "") if first else "",
        "persons": _("%(batches)d 批次、%(persons)d 人次") % {"batches": len(visits), "persons": persons}
        if visits
        else "",
        "parties": [_person(party) for party in dispute.cast],
        "summary": dispute.facts,
        "note": "\n".join(_notes(dispute)),
        "signers": [{"role": "当事人"}, {"role": "登记人", "printed": str(first.clerk or "") if first else ""}],
    }


def _notes(dispute: Dispute) -> list[str]:
    lines = [_("诉求：%(demand)s") % {"demand": dispute.demand}] if dispute.demand else []
    spoken = [party.representative for party in dispute.cast if party.representative]
    return lines + [_("推选代表：%(names)s") % {"names": names} for names in spoken]


def _source(channel: Channel) -> dict[str, str]:
    if channel in SENT:
        return {"source": "delegated", "delegated_by": str(channel.label)}
    return {"source": "initiated" if channel in FOUND else "applied"}


def _person(party: Party) -> dict[str, Any]:
    return {
        "role": str(party.get_role_display()), "kind": party.kind, "name": party.name, "sex": party.sex,
        "age": party.age if party.age is not None else "", "ethnicity": party.ethnicity, "id_number": party.id_number,
        "occupation": party.occupation, "phone": party.phone, "address": party.home, "agent": party.agent,
        "representative": party.representative,
    }  # fmt: skip
