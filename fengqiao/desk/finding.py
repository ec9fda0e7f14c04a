"""Search: an exact number opens its dispute, anything else gives those of the reader's disputes that fit every word."""

import re

from fengqiao.disputes.models import Dispute
from fengqiao.disputes.models.dispute import DisputeQuerySet
from fengqiao.disputes.search import matching
from fengqiao.kernel.text import normalise
from fengqiao.people.models import User

# 2026-3187, or the same in an official number: 吴矛〔2026〕3187号
NUMBER = re.compile(r"(?:\D{0,10}[〔\[（(])?(\d{4})(?:-|[〕\]）)])(\d{1,9})号?")


def the_one(query: str, reader: User) -> Dispute | None:
    """The dispute of exactly this number, short or official, if the reader may see it."""
    if not (named := NUMBER.fullmatch(normalise(query))):
        return None
    year, serial = named.groups()
    either = [f"{year}-{serial}", f"{year}-{serial:0>4}"]
    return Dispute.objects.visible_to(reader).filter(number__in=either).only("number").first()


def find(query: str, reader: User) -> DisputeQuerySet:
    """The reader's disputes that fit every term."""
    return Dispute.objects.visible_to(reader).filter(matching(query))
