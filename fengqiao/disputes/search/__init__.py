"""Find disputes by number, name, address, words of the matter, or the exact phone or ID number.

The same tokens go into FTS5 on SQLite and into a tsvector on PostgreSQL; each engine has one adapter file. Text is
indexed by dictionary words, names and places also by pairs of characters, so that a name is found whole or in part.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from fengqiao.kernel.secrets import blind_indexes

from . import postgres, sqlite
from .engines import key_among
from .tokens import numbers_in, pairs_and_words, terms_of, tokens_of

if TYPE_CHECKING:
    from fengqiao.disputes.models import Dispute, Party

TAIL, PHONE, ID_NUMBER = 4, 11, 18


def add(dispute: "Dispute", parties: Iterable["Party"]) -> None:
    """Put the words of a new dispute into the index, in the caller's transaction."""
    _adapter().add(dispute.pk, _tokens(dispute, parties))


def index(dispute: "Dispute", parties: Iterable["Party"]) -> None:
    """Put the dispute's words into the index anew."""
    _adapter().remove(dispute.pk)
    add(dispute, parties)


def _tokens(dispute: "Dispute", parties: Iterable["Party"]) -> list[str]:
    names = [party.name for party in parties]
    short = [dispute.title, dispute.address, *names]
    return sorted(tokens_of(short, [dispute.facts, dispute.demand], [dispute.number]))


def matching(query: str) -> Q:
    """The condition under which a dispute fits every term of the query; nothing fits an empty one."""
    terms = terms_of(query)
    if not terms:
        return Q(pk__in=[])
    found = Q()
    for term in terms:
        found &= _term(term)
    return found


def naming(name: str, words: Sequence[str], limit: int) -> list[int]:
    """The newest disputes that hold this name and any of these words, whoever may see them: a first choice, no answer."""
    engine, groups = _adapter(), pairs_and_words(name.lower())
    told = [tokens for word in words for tokens in pairs_and_words(word.lower())[:1] if tokens]
    if not groups or (words and not told):
        return []
    asked = engine.both([engine.query_of(groups), *([engine.query_of(told)] if told else [])])
    with connection.cursor() as cursor:
        cursor.execute(f"{engine.WORDS} ORDER BY 1 DESC LIMIT %s", [asked, limit])
        return [pk for (pk,) in cursor.fetchall()]


def _term(term: str) -> Q:
    engine, groups, known = _adapter(), pairs_and_words(term), _number_of_a_party(term)
    words = [engine.query_of(groups)] if groups else []
    if known is None:
        return Q(pk__in=RawSQL(engine.WORDS, words)) if words else Q(pk__in=[])  # noqa: S611 (our own statement)
    column, values = known
    numbers = f"SELECT dispute_id FROM disputes_party WHERE {column} IN ({', '.join(['%s'] * len(values))})"  # noqa: S608
    # One statement for both: two of them joined by OR are asked for every dispute there is.
    either = " UNION ".join([engine.WORDS, numbers] if words else [numbers])
    return key_among(RawSQL(either, [*words, *values]))  # noqa: S611 (our own statement)


def _number_of_a_party(term: str) -> tuple[str, Sequence[str]] | None:
    """The column in which this term would be found, and as what; none for what is no number of a person."""
    digits = numbers_in(term)
    if len(digits) == TAIL and term == digits:
        return "tail_index", blind_indexes(digits, "tail")
    if len(digits) == PHONE:
        return "phone_index", blind_indexes(digits, "phone")
    if len(term) == ID_NUMBER:
        return "id_index", blind_indexes(term.upper(), "id")
    return None


def _adapter():
    return sqlite if connection.vendor == "sqlite" else postgres
