"""Who is told. Each reaction answers one question of "who", and may be told of the same entry twice without harm."""

from collections.abc import Iterable

from django.db.models import Q

from fengqiao.disputes.models import Dispute
from fengqiao.disputes.warning_steps import Told
from fengqiao.kernel.remembering import asked_once
from fengqiao.ledger.models import Entry
from fengqiao.people.models import CASE_WORKERS, OVERSEERS, Role, RoleChange, RosterEntry, RosterRules, User
from fengqiao.people.roster.sight import REVIEWERS

from .models import Notice
from .outgoing import to_staff


def tell_handlers(entry: Entry) -> None:
    """Those who run the body that has the dispute now."""
    dispute = _dispute(entry)
    _tell(entry, dispute, _office(dispute.body_id))


def tell_mediator(entry: Entry) -> None:
    dispute = _dispute(entry)
    _tell(entry, dispute, [dispute.mediator] if dispute.mediator else [])


def tell_named_body(entry: Entry) -> None:
    """The body that the entry names: it was sent the dispute, given it back, or called in to help."""
    if body_id := (entry.payload or {}).get("body_id"):
        _tell(entry, _dispute(entry), _office(body_id))


def tell_named_people(entry: Entry) -> None:
    """The people that the entry names: a leader, those called to a conference."""
    named = User.objects.filter(pk__in=(entry.payload or {}).get("user_ids", ()), is_active=True)
    _tell(entry, _dispute(entry), named.select_related("station_body__region", "home_body__region"))


def tell_body_of_incident(entry: Entry) -> None:
    """The body that a report went to: those who run it, and its leaders."""
    told = entry.payload or {}
    here = Q(station_body=told["body_id"]) | Q(station_body=None, home_body=told["body_id"])
    people = [*_office(told["body_id"]), *User.objects.filter(here, is_active=True, role=Role.LEADER)]
    dispute = Dispute.objects.filter(pk=told["dispute_id"]).first()
    _tell_others(entry, [one for one in people if dispute is None or dispute.hats_of(one)])


def tell_sender(entry: Entry) -> None:
    """The body that sent it here, so that it knows what became of it."""
    dispute = _dispute(entry)
    if dispute.sender_id and dispute.sender_id != dispute.body_id:
        _tell(entry, dispute, _office(dispute.sender_id))


def tell_superior(entry: Entry) -> None:
    """The nearest coordinating body above the one that has the dispute."""
    dispute = _dispute(entry)
    if superior := dispute.body.superior:
        _tell(entry, dispute, _office(superior.pk))


def tell_as_the_step_says(entry: Entry) -> None:
    """Those whom the district tells of a limit at this step (disputes/warning_steps.py)."""
    for who in (entry.payload or {}).get("to", ()):
        TOLD[who](entry)


def tell_asker(entry: Entry) -> None:
    """Whoever asked for work that ran in the background and is now done."""
    kind, _colon, pk = entry.actor.partition(":")
    if kind == "user":
        _tell(entry, None, User.objects.filter(pk=pk, is_active=True))


def tell_reviewers(entry: Entry) -> None:
    """Those who decide on the roster: somebody applied."""
    reviewing = RosterRules.now().reviewing_body_id
    here = Q(station_body=reviewing) | Q(station_body=None, home_body=reviewing)
    _tell_others(entry, User.objects.filter(here, is_active=True, role__in=REVIEWERS))


def tell_person(entry: Entry) -> None:
    """The one whose place on the roster it is, and the managers of the body that answers for them."""
    row = RosterEntry.objects.select_related("user").get(pk=entry.subject_id)
    here = Q(station_body=row.body_id) | Q(station_body=None, home_body=row.body_id)
    managers = User.objects.filter(here, is_active=True, role=Role.MANAGER)
    _tell_others(entry, [*([row.user] if row.user and row.user.is_active else []), *managers])


def tell_deciders(entry: Entry) -> None:
    """Those who decide on roles: somebody asked for one."""
    _tell_others(entry, User.objects.filter(is_active=True, role=Role.SECURITY))


def tell_deciders_of_a_move(entry: Entry) -> None:
    """The same, when an account that has a role is to work elsewhere: what it sees goes with it."""
    if {"home_body", "station_body"} & set((entry.payload or {})["changes"]):
        tell_deciders(entry)


def tell_who_asked(entry: Entry) -> None:
    """Whoever asked for the role that was decided on."""
    decided = RoleChange.objects.filter(user=entry.subject_id).exclude(decided_at=None)
    change = decided.select_related("asked_by").latest("decided_at")
    _tell_others(entry, [change.asked_by] if change.asked_by.is_active else [])


TOLD = {Told.HANDLER: tell_handlers, Told.MEDIATOR: tell_mediator, Told.SUPERIOR: tell_superior}


def _tell_others(entry: Entry, people: Iterable[User]) -> None:
    """All of these but whoever did it."""
    told = [
        Notice(entry=entry, to=one) for one in {one.pk: one for one in people}.values() if one.ledger_id != entry.actor
    ]
    Notice.objects.bulk_create(told, ignore_conflicts=True)


def _dispute(entry: Entry) -> Dispute:
    return _read(entry.subject_id)


@asked_once("disputes_", "bodies_body", "people_user")
def _read(pk: int) -> Dispute:
    """With all that is asked of it here; the several who hear of one entry read it once."""
    rows = Dispute.objects.select_related(
        "body__region", "body__parent", "category", "mediator__home_body__region", "mediator__station_body__region"
    )
    return rows.prefetch_related("assists").get(pk=pk)


@asked_once("people_user", "bodies_body", "places_region")
def _office(body_id: int) -> list[User]:
    """Dispatchers and managers of the body; where it has none, as in a village, everybody who works its cases."""
    here = Q(station_body=body_id) | Q(station_body=None, home_body=body_id)
    staff = User.objects.filter(here, is_active=True, role__in=CASE_WORKERS)
    people = list(staff.select_related("station_body__region", "home_body__region"))
    return [person for person in people if person.role in OVERSEERS] or people


def _tell(entry: Entry, dispute: Dispute | None, people: Iterable[User]) -> None:
    """A notice for each who may see the dispute and did not do it themselves; a second delivery adds nothing."""
    told = [
        person for person in people if dispute is None or (person.ledger_id != entry.actor and dispute.hats_of(person))
    ]
    notices = [Notice(entry=entry, to=person, dispute=dispute) for person in told]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    if dispute is not None and told:
        to_staff(entry, dispute, told)
