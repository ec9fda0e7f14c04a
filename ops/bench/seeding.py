"""A district's worth of disputes, quickly but truly: rows, chains, clocks and the search index are as commands write them.

Bulk inserts stand in for a hundred thousand commands; `./run verify` finds nothing wrong with the result.
"""

import random
import sys
from collections.abc import Sequence
from datetime import timedelta

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - Django must be set up first
from django.utils import timezone  # noqa: E402

from fengqiao.api.models import issue as issue_token  # noqa: E402
from fengqiao.bodies.models import Body, Series  # noqa: E402
from fengqiao.disputes import clocks, passes  # noqa: E402
from fengqiao.disputes.events import Registered  # noqa: E402
from fengqiao.disputes.lifecycle import STAGES, State  # noqa: E402
from fengqiao.disputes.models import (  # noqa: E402
    Came,
    Category,
    Channel,
    Clock,
    Dispute,
    Party,
    PartyKind,
    PartyRole,
    Risk,
    Tier,
    TierStay,
)
from fengqiao.disputes.search import postgres, sqlite  # noqa: E402
from fengqiao.disputes.search.tokens import tokens_of  # noqa: E402
from fengqiao.kernel.secrets import blind_index  # noqa: E402
from fengqiao.kernel.sounds import sound_of  # noqa: E402
from fengqiao.ledger import book  # noqa: E402
from fengqiao.ledger.hashing import GENESIS, digest  # noqa: E402
from fengqiao.ledger.models import Entry  # noqa: E402
from fengqiao.ledger.witness import fingerprint, name_of  # noqa: E402
from fengqiao.people.models import Role, User  # noqa: E402
from fengqiao.places.models import Region  # noqa: E402
from fengqiao.routing.tiers.commands import ENTERING  # noqa: E402
from fengqiao.supervision.commands import orders  # noqa: E402
from fengqiao.supervision.models import OrderKind  # noqa: E402
from ops.bench.seeding_facts import PASSWORD  # noqa: E402
from ops.bench.words import a_matter, a_name  # noqa: E402

CHUNK = 2000
ORDERS = 200
RISKS = [Risk.R0] * 80 + [Risk.R1] * 15 + [Risk.R2] * 4 + [Risk.R3]
STATES = (
    [State.ARCHIVED] * 80 + [State.MEDIATING] * 7 + [State.PERFORMING] * 4 + [State.FOLLOW_UP] * 3
    + [State.REGISTERED] * 2 + [State.ROUTED] * 2 + [State.ACCEPTED] * 2
)  # fmt: skip


def main(n: int) -> None:
    """Fill the database with `n` disputes and print what the measuring needs to know, as KEY VALUE lines."""
    chance = random.Random(20261121)  # noqa: S311 - the same district every time
    manager, town_manager, leader = _accounts()
    begun = timezone.now()
    handlers = list(Body.objects.that_handle().select_related("region"))
    mediators = {body.pk: _account(f"bench-mediator-{body.pk}", body, Role.MEDIATOR) for body in handlers}
    places = list(Region.objects.filter(level__width=12))
    categories = list(Category.objects.all())
    root = Body.objects.root()
    year = timezone.localdate().year - 1
    for start in range(0, n, CHUNK):
        with transaction.atomic():
            drafts = [
                _dispute(
                    chance,
                    start + i,
                    year,
                    chance.choice(handlers),
                    mediators,
                    chance.choice(places),
                    chance.choice(categories),
                )
                for i in range(min(CHUNK, n - start))
            ]
            _write(chance, drafts)
    Series.objects.update_or_create(body=root, name="dispute", year=year, defaults={"last": n})
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    else:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    seeded = timezone.now() - begun
    _watch(manager)
    _tell(n, seeded, manager, town_manager, leader)


def _dispute(  # noqa: PLR0917 - one draw of everything
    chance: random.Random, i: int, year: int, body: Body, mediators: dict[int, User], place: Region, category: Category
) -> Dispute:
    state = chance.choice(STATES)
    title, facts, demand = a_matter(chance)
    days = chance.randrange(0, 30) if state != State.ARCHIVED else chance.randrange(30, 400)
    at = timezone.now() - timedelta(days=days, seconds=chance.randrange(86400))
    return Dispute(
        number=f"{year}-{i + 1:06}", official_number=f"〔{year}〕{i + 1}号", title=title, facts=facts, demand=demand,
        category=category, channel=Channel.WINDOW, risk=chance.choice(RISKS), state=state, body=body, region_code=body.region.code, first_body=body,
        mediator=mediators[body.pk] if state in (State.MEDIATING, State.PERFORMING) else None,
        place=place, address=f"{place.name}{chance.randrange(1, 300)}号", claimed_at=at, registered_at=at,
        closed_at=at + timedelta(days=20) if state == State.ARCHIVED else None,
    )  # fmt: skip


def _write(chance: random.Random, drafts: Sequence[Dispute]) -> None:
    running = []
    for dispute in drafts:
        if STAGES[State(dispute.state)].limit not in (None, "perform"):
            running.append(clocks.planned(dispute, STAGES[State(dispute.state)].limit or "", dispute.registered_at))
    Dispute.objects.bulk_create(drafts)
    for clock in running:
        clock.dispute_id = clock.dispute.pk
    Clock.objects.bulk_create(running)
    stays = _on_the_ladder(drafts)
    parties = [
        _party(chance, dispute, role) for dispute in drafts for role in (PartyRole.APPLICANT, PartyRole.RESPONDENT)
    ]
    Party.objects.bulk_create(parties)
    clock_of = {clock.dispute_id: clock for clock in running}
    entries = []
    documents = []
    for dispute, applicant, respondent in zip(drafts, parties[::2], parties[1::2], strict=True):
        stay = stays.get(dispute.pk)
        rows = [
            row for row in (dispute, clock_of.get(dispute.pk), applicant, respondent, stay, stay and stay.clock) if row
        ]
        entries.append(_entry(dispute, rows))
        tokens = tokens_of(
            [dispute.title, dispute.address, applicant.name, respondent.name], [dispute.facts], [dispute.number]
        )
        documents.append((dispute.pk, sorted(tokens)))
    Entry.objects.bulk_create(entries)
    _index(documents)


def _on_the_ladder(drafts: Sequence[Dispute]) -> dict[int, TierStay]:
    """Where the open ones stand, one after the other on each tier, each with its own clock."""
    tiers = Tier.objects.in_use()
    climbing = [one for one in drafts if one.state in ENTERING] if tiers else []
    stays = []
    for n, dispute in enumerate(climbing):
        tier = tiers[n % len(tiers)]
        clock = clocks.planned(dispute, tier.limit_key, dispute.registered_at, is_main=False)
        stays.append(
            TierStay(dispute=dispute, tier=tier, clock=clock, came=Came.ENTERED, entered_at=dispute.registered_at)
        )
    Clock.objects.bulk_create([stay.clock for stay in stays])
    for stay in stays:
        stay.clock_id = stay.clock.pk
    TierStay.objects.bulk_create(stays)
    return {stay.dispute_id: stay for stay in stays}


def _party(chance: random.Random, dispute: Dispute, role: PartyRole) -> Party:
    phone = f"139{chance.randrange(10**8):08}"
    name = a_name(chance)
    return Party(
        dispute=dispute, role=role, kind=PartyKind.PERSON, name=name, phone=phone,
        sound_index=blind_index(sound_of(name), "sound"),
        phone_index=blind_index(phone, "phone"), tail_index=blind_index(phone[-4:], "tail"),
    )  # fmt: skip


def _entry(dispute: Dispute, rows: Sequence) -> Entry:
    event = Registered(channel=dispute.channel, body=dispute.body.name, body_id=dispute.body_id, parties=2)
    entry = Entry(
        subject="dispute", subject_id=dispute.pk, seq=1, kind=event.kind, at=dispute.registered_at, actor="system",
        rows={name_of(row): fingerprint(row) for row in rows}, payload={"by": "系统", **event.payload()},
        salt="0" * 32, prev=GENESIS,
    )  # fmt: skip
    entry.digest = digest(entry.salt, entry.payload)
    entry.hash = book.chained(entry)
    return entry


def _index(documents: Sequence[tuple[int, list[str]]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            rows = [(pk, " ".join(tokens)) for pk, tokens in documents]
            cursor.executemany(f"INSERT INTO {sqlite.TABLE} (rowid, tokens) VALUES (%s, %s)", rows)  # noqa: S608 - our own name
        else:
            sql = f"INSERT INTO {postgres.TABLE} (dispute_id, tokens) VALUES (%s, array_to_tsvector(%s::text[]))"  # noqa: S608
            cursor.executemany(sql, documents)


def _watch(manager: User) -> None:
    """What the oversight board counts beside disputes: orders, through the command."""
    due_on = timezone.localdate() + timedelta(days=5)
    for dispute in Dispute.objects.filter(state=State.MEDIATING).select_related("body").order_by("pk")[:ORDERS]:
        if dispute.body_id != manager.body_id:
            body = dispute.body
            orders.give(dispute, kind=OrderKind.SUPERVISE, body=body, words="请报进展。", due_on=due_on, by=manager)


def _accounts() -> tuple[User, User, User]:
    root = Body.objects.root()
    below = Body.objects.filter(coordinates=True).order_by("pk")
    town = (below.exclude(pk=root.pk) if root else below).first()
    leader = _account("bench-leader", root, Role.LEADER)
    return _account("bench-manager", root, Role.MANAGER), _account("bench-town", town, Role.DISPATCHER), leader


def _account(username: str, body: Body | None, role: Role) -> User:
    user, made = User.objects.get_or_create(
        username=username, defaults={"home_body": body, "role": role, "name": username}
    )
    if made and role != Role.MEDIATOR:
        user.set_password(PASSWORD)
        user.save()
    return user


def _tell(n: int, seeded: timedelta, manager: User, town: User, leader: User) -> None:
    dispute = (
        Dispute.objects.filter(state=State.MEDIATING, body=manager.body).first()
        or Dispute.objects.filter(state=State.MEDIATING).first()
    )
    if dispute is None or dispute.place is None:
        raise SystemExit("too few disputes to measure anything")
    asked = Dispute.objects.exclude(place=None).filter(state=State.MEDIATING).latest("pk")  # a matter told again
    assert asked.place is not None  # noqa: S101 (excluded above)
    with transaction.atomic():
        issued = passes.renew(dispute.applicants[0])
    seconds = seeded.total_seconds()
    told = {
        "SEEDED_SECONDS": f"{seconds:.1f}", "SEEDED_EACH_MS": f"{seconds / n * 1000:.2f}", "MANAGER": manager.username,
        "TOWN": town.username, "LEADER": leader.username, "NUMBER": dispute.number, "CODE": issued.access.code, "PIN": issued.pin,
        "TOKEN_LINK": issued.access.token, "API": issue_token(manager, name="bench"), "TOLD_AGAIN": asked.number, "NAME": asked.applicants[0].name,
        "PHONE": asked.applicants[0].phone, "OPPONENT": asked.respondents[0].name, "MATTER": asked.facts,
        "PLACE": asked.place.code, "PLACE_NAME": asked.place.name, "ADDRESS": asked.address,
    }  # fmt: skip
    for key, value in told.items():
        print(key, value)


if __name__ == "__main__":
    main(int(sys.argv[1]))
