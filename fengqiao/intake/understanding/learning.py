"""A district teaches the reading of texts by what its people decided: which category each dispute really is.

A training counts only where it does better than what is in force, on texts that neither has seen; all are kept.
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
from fengqiao.people.models import SYSTEM, System, User

from .embedding import HAS_MEANINGS
from .events import ReadingLearnt, ReadingWentBack
from .kinds import LETTERS
from .models import Learnt
from .training import Example, fitted, held_back, macro_f1, placed, written
from .weights import Weights, shipped

Actor = User | System
SCHEME = "dispute16"  # the cross-walk of a category that names the letters of kinds.py
FEWEST = 50  # texts; fewer say nothing about better or worse
MOST = 20_000  # newest texts learnt from


def in_force() -> Weights:
    """The district's own weights, else the shipped ones. One small question to the database."""
    pk = Learnt.objects.filter(is_in_force=True).values_list("pk", flat=True).first()
    return _weights(pk) if pk else shipped()


def categories_of(letter: str) -> list[Category]:
    """The district's categories in force for a letter; those that are for it alone come first."""
    today = timezone.localdate()
    found = [
        one for one in Category.objects.all()
        if letter in _letters(one)
        and (one.effective_from is None or one.effective_from <= today)
        and (one.effective_to is None or one.effective_to >= today)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (_letters(one).index(letter), len(_letters(one)), one.code))


@transaction.atomic
def learn(*, by: Actor = SYSTEM) -> Learnt:
    """Train on what people decided; in force from now on if that is better. Refused where there is too little to learn from."""
    if not HAS_MEANINGS:
        raise Refused(_("这台机器上没有语义模型，不能训练。文字理解只按词语判断。"))
    examples = list(corrections())
    if len(examples) < FEWEST:
        raise Refused(
            _("定了类型、能对上的纠纷只有 %(n)d 件，至少要 %(fewest)d 件才看得出好坏。")
            % {"n": len(examples), "fewest": FEWEST}
        )
    now = in_force()
    seen = placed(examples)
    rest, held = held_back(seen)
    before, after = macro_f1(now, held), macro_f1(fitted(rest, version="trial", start=now), held)
    better = after > before
    weights = fitted(seen, version=f"{timezone.now():%Y%m%d%H%M}", start=now) if better else now
    replaced = Learnt.objects.select_for_update().filter(is_in_force=True).first() if better else None
    if replaced:
        _set(replaced, in_force=False)
    row = Learnt.objects.create(
        weights=written(weights), figures={"examples": len(examples), "held_back": len(held)}, before=before, after=after,
        is_in_force=better, replaces=replaced, made_at=timezone.now(), made_by=by if isinstance(by, User) else None,
    )  # fmt: skip
    outcome = _("从现在起用它。") if better else _("没有更好，不换。")
    event = ReadingLearnt(
        examples=len(examples), held=len(held), before=f"{before:.3f}", after=f"{after:.3f}", outcome=outcome
    )
    book.append("reading", 1, event, by=by, rows=[row, *([replaced] if replaced else [])])
    return row


@transaction.atomic
def go_back(*, by: Actor = SYSTEM) -> Learnt | None:
    """What was in force before the last better training is in force again; None where that is what was shipped."""
    last = Learnt.objects.select_for_update().filter(is_in_force=True).first()
    if last is None:
        raise Refused(_("现在用的就是随软件带来的，没有可以退回的。"))
    _set(last, in_force=False)
    earlier = last.replaces
    if earlier:
        _set(earlier, in_force=True)
    rows = [last, *([earlier] if earlier else [])]
    book.append("reading", 1, ReadingWentBack(learnt_id=last.pk), by=by, rows=rows)
    return earlier


def corrections() -> Iterator[Example]:
    """Disputes that people put into a category of one kind only, the newest first. Restricted ones teach nothing."""
    decided = Dispute.objects.filter(is_restricted=False, category__isnull=False).select_related("category")
    for dispute in decided.order_by("-pk")[:MOST]:
        letters = _letters(dispute.category) if dispute.category else []
        if len(letters) == 1:
            yield Example(normalise(dispute.title), normalise(dispute.facts), letters[0])


def _set(row: Learnt, *, in_force: bool) -> None:
    row.is_in_force = in_force
    row.save()


def _letters(category: Category) -> list[str]:
    return [letter for letter in category.crosswalk.get(SCHEME, []) if letter in LETTERS]


@lru_cache(maxsize=4)
def _weights(pk: int) -> Weights:
    return Weights.of(Learnt.objects.get(pk=pk).weights)
