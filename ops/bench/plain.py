"""What a registration costs beside the same rows put in by plain SQL, in one process and one run.

The rows of real registrations are read back and inserted again under new keys, one transaction for each registration,
with nothing in between: no rules, no encryption, no hashing, no search tokens to make.
"""

import random
import sys
import time
from typing import Any

import django

django.setup()

from django.db import connection, models, transaction  # noqa: E402 - Django must be set up first

from fengqiao.disputes.commands import PartyDraft  # noqa: E402
from fengqiao.disputes.models import Category, Channel, Clock, Dispute, Party, PartyRole, Pass  # noqa: E402
from fengqiao.intake.commands import receive  # noqa: E402
from fengqiao.intake.drafts import ReceptionDraft  # noqa: E402
from fengqiao.intake.models import Visit  # noqa: E402
from fengqiao.ledger.models import Entry  # noqa: E402
from fengqiao.people.models import User  # noqa: E402
from ops.bench.words import a_matter, a_name  # noqa: E402

FAR = 10**9  # new keys lie beyond every key in use


def main(n: int, username: str) -> None:
    """Print milliseconds for each of `n` registrations by the command, and for their rows by plain SQL."""
    user = User.objects.get(username=username)
    chance = random.Random(11)  # noqa: S311
    drafts = [_draft(chance) for _ in range(n + 5)]
    for draft in drafts[:5]:
        receive(draft=draft, by=user)
    begun = time.perf_counter()
    pks = [receive(draft=draft, by=user).dispute.pk for draft in drafts[5:]]
    command = (time.perf_counter() - begun) / n * 1000
    copies = [_rows_of(pk) for pk in pks]
    begun = time.perf_counter()
    for rows in copies:
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, values in rows:
                cursor.execute(sql, values)
    plain = (time.perf_counter() - begun) / n * 1000
    print("COMMAND_MS", f"{command:.2f}")
    print("PLAIN_MS", f"{plain:.2f}")
    print("ROWS", len(copies[0]))


def _draft(chance: random.Random) -> ReceptionDraft:
    title, facts, demand = a_matter(chance)
    parties = [
        PartyDraft(role=role, name=a_name(chance), phone=f"137{chance.randrange(10**8):08}")
        for role in (PartyRole.APPLICANT, PartyRole.RESPONDENT)
    ]
    category = Category.objects.order_by("code").first()
    return ReceptionDraft(
        parties=parties, facts=facts, title=title, demand=demand, category=category, channel=Channel.WINDOW
    )


def _rows_of(pk: int) -> list[tuple[str, list[Any]]]:
    """Every row that one registration wrote, ready to be inserted again under new keys."""
    sets: list[models.QuerySet] = [
        Dispute.objects.filter(pk=pk), Party.objects.filter(dispute=pk), Clock.objects.filter(dispute=pk),
        Visit.objects.filter(dispute=pk), Pass.objects.filter(party__dispute=pk),
        Entry.objects.filter(subject="dispute", subject_id=pk),
    ]  # fmt: skip
    return [_insert(row) for rows in sets for row in rows]


def _insert(row: models.Model) -> tuple[str, list[Any]]:
    table, names, values = row._meta.db_table, [], []
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if (
            field.primary_key
            or (isinstance(field, models.ForeignKey) and field.related_model in (Dispute, Party) and value)
        ) or field.attname == "subject_id":
            value += FAR
        elif (field.unique and isinstance(value, str)) or field.name in ("code", "index", "token_index"):
            value = f"~{value}"[: field.max_length]
        names.append(f'"{field.column}"')
        values.append(field.get_db_prep_save(value, connection))
    places = ", ".join(["%s"] * len(values))
    return f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({places})', values  # noqa: S608 - names of our own tables


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
