"""A district teaches the reading of texts by what its people decided: which category each dispute really is.

A training counts only where it does better than what is in force, on texts that neither has seen: every fifth dispute
teaches nothing, now or later, and only tells how good the others have made it. All trainings are kept.
"""

from collections.abc import Iterator
from functools import lru_cache

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Category, Dispute
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.text import normalise
from fengqiao.ledger import book
from fengqiao.ledger.book import Actor
from fengqiao.people.models import SYSTEM, User

from .embedding import HAS_MEANINGS
from .events import ReadingLearnt, ReadingWentBack
from .kinds import LETTERS
from .models import Learnt
from .training import HELD_BACK, Example, district_part, macro_f1, moved, placed
from .weights import Weights, shipped

SCHEME = "dispute16"  # the cross-walk of a category that names the letters of kinds.py
FEWEST = 50  # texts; fewer say nothing about better or worse
MOST = 20_000  # newest texts learnt from


def in_force() -> Weights:
    """The district's own weights, else the shipped ones. One small question to the database."""
    return weights_of(Learnt.objects.defer("weights").in_force())


def weights_of(learnt: Learnt | None) -> Weights:
    """What a training found; what ships with the product where there was none."""
    return _weights(learnt.pk) if learnt else shipped()


def categories_of(letter: str) -> list[Category]:
    """The district's categories in force for a letter; those that are for it alone come first."""
    found = [one for one in Category.objects.in_force() if letter in _letters(one)]
    return sorted(found, key=lambda one: (_letters(one).index(letter), len(_letters(one)), one.code))


def learn(*, by: Actor = SYSTEM) -> Learnt:
    """Train on what people decided; in force from now on if that is better. Refused where there is too little to learn from.

    Thousands of texts take minutes: nothing is locked meanwhile. Refused if somebody else's training came first.
    """
    if not HAS_MEANINGS:
        raise Refused(_("这台机器上没有语义模型，不能训练。文字理解只按词语判断。"))
    found = list(corrections())
    if len(found) < FEWEST:
        raise Refused(
            _("定了类型、能对上的纠纷只有 %(n)d 件，至少要 %(fewest)d 件才看得出好坏。")
            % {"n": len(found), "fewest": FEWEST}
        )
    begun = Learnt.objects.in_force()
    held = placed(one for pk, one in found if pk % HELD_BACK == 0)
    now, rest = weights_of(begun), placed(one for pk, one in found if pk % HELD_BACK)
    better = moved(rest, version=f"{timezone.now():%Y%m%d%H%M}", start=now)
    return _kept(
        better, begun, before=macro_f1(now, held), after=macro_f1(better, held), seen=(len(rest), len(held)), by=by
    )


@transaction.atomic
def _kept(
    weights: Weights, begun: Learnt | None, *, before: float, after: float, seen: tuple[int, int], by: Actor
) -> Learnt:
    """Write it down, and put it in force where it is better than what was in force when it began."""
    is_better = after > before
    now = Learnt.objects.select_for_update().in_force()
    if now != begun:
        raise Refused(_("训练的时候别人已经换过文字理解了，请再训练一次。"))
    if now and is_better:
        _set(now, in_force=False)
    row = Learnt.objects.create(
        weights=district_part(weights), figures={"examples": sum(seen), "held_back": seen[1]}, before=before, after=after,
        is_in_force=is_better, replaces=now if is_better else None, made_at=timezone.now(), made_by=by if isinstance(by, User) else None,
    )  # fmt: skip
    outcome = _("从现在起用它。") if is_better else _("没有更好，不换。")
    event = ReadingLearnt(
        examples=sum(seen), held=seen[1], before=f"{before:.3f}", after=f"{after:.3f}", outcome=outcome
    )
    book.append("reading", 1, event, by=by, rows=[row, *([now] if now and is_better else [])])
    return row


@transaction.atomic
def go_back(*, by: Actor = SYSTEM) -> Learnt | None:
    """What was in force before the last better training is in force again; None where that is what was shipped."""
    last = Learnt.objects.select_for_update().in_force()
    if last is None:
        raise Refused(_("现在用的就是随软件带来的，没有可以退回的。"))
    _set(last, in_force=False)
    earlier = last.replaces
    if earlier:
        _set(earlier, in_force=True)
    rows = [last, *([earlier] if earlier else [])]
    book.append("reading", 1, ReadingWentBack(learnt_id=last.pk), by=by, rows=rows)
    return earlier


def corrections() -> Iterator[tuple[int, Example]]:
    """Disputes that people put into a category of one kind only, the newest first, by their keys. Restricted ones teach nothing."""
    decided = Dispute.objects.filter(is_restricted=False, category__isnull=False).select_related("category")
    for dispute in decided.order_by("-pk")[:MOST]:
        letters = _letters(dispute.category) if dispute.category else []
        if len(letters) == 1:
            yield dispute.pk, Example(normalise(dispute.title), normalise(dispute.facts), letters[0])


def _set(row: Learnt, *, in_force: bool) -> None:
    row.is_in_force = in_force
    row.save()


def _letters(category: Category) -> list[str]:
    return [letter for letter in category.crosswalk.get(SCHEME, []) if letter in LETTERS]


@lru_cache(maxsize=4)
def _weights(pk: int) -> Weights:
    return Weights.of(Learnt.objects.get(pk=pk).weights, shipped())
