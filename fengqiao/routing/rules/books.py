"""The versions of the rules: which is in force, how a draft is written, and how it becomes the next one."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from json import dumps

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.kernel.errors import Refused, Stale
from fengqiao.kernel.remembering import asked_once
from fengqiao.kernel.text import normalise
from fengqiao.ledger import book as ledger
from fengqiao.people.models import User
from fengqiao.routing.events import SUBJECT, RulesChanged, RulesDrafted, RulesDropped, RulesPublished
from fengqiao.routing.models import RuleBook

from .book import Book, Rule
from .derived import built_in
from .keepers import publishes_rules, writes_rules
from .lint import Finding, lint
from .trying import Trial, try_out
from .words import who
from .world import Names, world

LONGEST_NOTE = 200
Rules = list[Rule]


@asked_once("routing_rulebook")
def in_force() -> Book:
    """The newest version; where a district was never loaded, the rules that are built in."""
    newest = RuleBook.objects.published().first()
    return newest.book if newest else built_in()


def of_version(version: int) -> Book | None:
    """The rules of that version, in force or not."""
    if version == 0:
        return built_in()
    found = RuleBook.objects.filter(version=version).first()
    return found.book if found else None


@transaction.atomic
def draft(*, by: User) -> RuleBook:
    """Begin a draft from the rules in force. The one that is there already, where there is one."""
    _require_writer(by)
    if there := RuleBook.objects.draft():
        return there
    now = in_force()
    rows = [rule.as_json() for rule in now.rules]
    made = RuleBook.objects.create(rules=rows, writers=[by.pk], written_at=timezone.now())
    ledger.begin(SUBJECT, made.pk, RulesDrafted(base=now.version, rules=len(rows)), by=by, rows=[made])
    return made


@transaction.atomic
def add(draft: RuleBook, rule: Rule, *, by: User, seen: int | None = None) -> RuleBook:
    """One rule more; after those of its rank."""
    what = _("加了一条，交给%(who)s") % {"who": who(rule, Names().bodies)}
    return _write(draft, lambda rules: [*rules, rule], what, by=by, seen=seen, after=rule)


@transaction.atomic
def change(draft: RuleBook, n: int, rule: Rule, *, by: User, seen: int | None = None) -> RuleBook:
    """The rule of this number says something else."""
    return _write(
        draft, lambda rules: [*rules[: n - 1], rule, *rules[n:]], _("改了第 %(n)d 条") % {"n": n}, by=by, seen=seen,
        before=_at(draft, n), after=rule,
    )  # fmt: skip


@transaction.atomic
def move(draft: RuleBook, n: int, *, up: bool, by: User, seen: int | None = None) -> RuleBook:
    """One rank up or down, where it stands alone; out of a shared rank it steps before or behind its equals."""

    def moved(rules: Rules) -> Rules:
        rule = rules[n - 1]
        shared = [other for other in rules if other.rank == rule.rank and other is not rule]
        steps = 1 if shared else 3
        wide = [replace(other, rank=other.rank * 2) for other in rules]
        wide[n - 1] = replace(rule, rank=rule.rank * 2 + (-steps if up else steps))
        return wide

    ranks = [rule.rank for rule in draft.book.rules]
    rank = _at(draft, n).rank
    if ranks.count(rank) == 1 and rank == (min(ranks) if up else max(ranks)):
        raise Refused(_("已经在头上了，不能再往前。") if up else _("已经在末尾了，不能再往后。"))
    what = (_("第 %(n)d 条往前移") if up else _("第 %(n)d 条往后移")) % {"n": n}
    return _write(draft, moved, what, by=by, seen=seen)


@transaction.atomic
def remove(draft: RuleBook, n: int, *, by: User, seen: int | None = None) -> RuleBook:
    """Without the rule of this number."""
    what = _("去掉了第 %(n)d 条") % {"n": n}
    return _write(draft, lambda rules: rules[: n - 1] + rules[n:], what, by=by, seen=seen, before=_at(draft, n))


@transaction.atomic
def drop(draft: RuleBook, *, by: User, seen: int | None = None) -> RuleBook:
    """Throw the draft away; what was written in it stays readable in the ledger."""
    _require_writer(by)
    draft = _held(draft, seen)
    draft.is_dropped = True
    draft.save(update_fields=["is_dropped"])
    ledger.append(SUBJECT, draft.pk, RulesDropped(rules=len(draft.rules)), by=by, rows=[draft])
    return draft


@transaction.atomic
def publish(draft: RuleBook, *, note: str, mark: str, by: User) -> RuleBook:
    """Put the draft in force, by somebody who did not write in it. `mark` is that of the trial they saw."""
    if reason := why_not_publish(draft, by):
        raise Refused(reason)
    draft = _held(draft, None)
    if mark != mark_of(draft):
        raise Stale(_("草稿或者现行的规则刚刚变了，和您看到的试算不一样了。请看新的试算再发布。"))
    note = normalise(note)
    if not note or len(note) > LONGEST_NOTE:
        raise Refused(_("请写明改了什么、为什么，最多 %(n)d 个字。") % {"n": LONGEST_NOTE})
    if [one for one in faults(draft.book) if one.stops]:
        raise Refused(_("草稿里还有矛盾或者交不到的规则，请改好再发布。"))
    trial: Trial = try_out(draft.book, in_force(), by=by)
    draft.version, draft.note = in_force().version + 1, note
    draft.published_by, draft.published_at = by, timezone.now()
    draft.save()
    told = RulesPublished(version=draft.version, note=note, tried=trial.tried, moved=len(trial.moved))
    ledger.append(SUBJECT, draft.pk, told, by=by, rows=[draft])
    return draft


def why_not_publish(draft: RuleBook, by: User) -> str | None:
    """The reason, in a sentence, why this person may not publish it."""
    if not publishes_rules(by):
        return _("只有区中心的负责人可以发布分流规则。")
    if by.pk in draft.writers:
        return _("您自己写过这份草稿，请区中心的另一位负责人看过以后发布。")
    return None


def mark_of(draft: RuleBook) -> str:
    """What tells this draft on top of these rules from any other."""
    return sha256(dumps([draft.rules, in_force().version], sort_keys=True).encode()).hexdigest()


def faults(book: Book) -> list[Finding]:
    """What is wrong with the rules, as the county stands now."""
    return lint(book, world())


def _at(draft: RuleBook, n: int) -> Rule:
    rules = draft.book.rules
    if not 1 <= n <= len(rules):
        raise Refused(_("草稿里没有第 %(n)d 条，可能刚刚有人改过，请刷新再看。") % {"n": n})
    return rules[n - 1]


def _write(
    draft: RuleBook, done: Callable[[Rules], Rules], what: str, *, by: User, seen: int | None,
    before: Rule | None = None, after: Rule | None = None,
) -> RuleBook:  # fmt: skip
    _require_writer(by)
    draft = _held(draft, seen)
    rules = Book.of(0, done(list(draft.book.rules))).rules
    draft.rules, draft.edition = [rule.as_json() for rule in rules], draft.edition + 1
    draft.writers, draft.written_at = sorted({*draft.writers, by.pk}), timezone.now()
    draft.save()
    told = RulesChanged(
        what=what, before=before.as_json() if before else None, after=after.as_json() if after else None
    )
    ledger.append(SUBJECT, draft.pk, told, by=by, rows=[draft])
    return draft


def _held(draft: RuleBook, seen: int | None) -> RuleBook:
    draft = RuleBook.objects.lock(draft.pk)
    if draft.version is not None or draft.is_dropped:
        raise Refused(_("这份草稿已经发布或者不要了。发布过的规则不能改，要改请另起一份草稿。"))
    if seen is not None and seen != draft.edition:
        raise Stale(_("草稿刚刚有人动过，请看清现在的样子再改。您写的内容还在。"))
    return draft


def _require_writer(by: User) -> None:
    if not writes_rules(by):
        raise Refused(_("只有区中心的负责人和系统管理员可以起草分流规则。"))
