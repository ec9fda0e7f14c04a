"""Find disputes by number, name, address, words of the matter, or the exact phone or ID number.

The same tokens go into FTS5 on SQLite and into a tsvector on PostgreSQL; each engine has one adapter file. Text is
indexed by dictionary words, names and places also by pairs of characters, so that a name is found whole or in part.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connection
from django.db.models import Q

from fengqiao.kernel.secrets import blind_indexes

from . import postgres, sqlite
from .tokens import numbers_in, pairs_and_words, terms_of, tokens_of

if TYPE_CHECKING:
    from fengqiao.disputes.models import Dispute, Party

TAIL, PHONE, ID_NUMBER = 4, 11, 18


def index(dispute: "Dispute", parties: Iterable["Party"]) -> None:
    """Put the dispute's words into the index, in the caller's transaction."""
    names = [party.name for party in parties]
    short = [dispute.title, dispute.address, *names]
    tokens = tokens_of(short, [dispute.facts, dispute.demand], [dispute.number])
    _adapter().write(dispute.pk, sorted(tokens))


def matching(query: str) -> Q:
    """The condition under which a dispute fits every term of the query; nothing fits an empty one."""
    terms = terms_of(query)
    if not terms:
        return Q(pk__in=[])
    found = Q()
    for term in terms:
        found &= _words(term) | _numbers(term)
    return found


def _words(term: str) -> Q:
    groups: Sequence[Sequence[str]] = pairs_and_words(term)
    return Q(pk__in=_adapter().matching(groups)) if groups else Q(pk__in=[])


def _numbers(term: str) -> Q:
    digits = numbers_in(term)
    if len(digits) == TAIL:
        return _of_a_party(tail_index=blind_indexes(digits, "tail")) if term == digits else Q(pk__in=[])
    if len(digits) == PHONE:
        return _of_a_party(phone_index=blind_indexes(digits, "phone"))
    if len(term) == ID_NUMBER:
        return _of_a_party(id_index=blind_indexes(term.upper(), "id"))
    return Q(pk__in=[])


def _of_a_party(**indexes: Sequence[str]) -> Q:
    """Asked by itself, by the index: a join would be made for every dispute, and tell one that has two such parties twice."""
    ((name, values),) = indexes.items()
    parties = apps.get_model("disputes", "Party").objects.filter(**{f"{name}__in": values})
    return Q(pk__in=parties.order_by().values("dispute_id"))


def _adapter():
    return sqlite if connection.vendor == "sqlite" else postgres
