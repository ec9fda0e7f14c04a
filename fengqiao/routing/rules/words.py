"""What a rule and a decision read as."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from fengqiao.disputes.models import Channel, Difficulty
from fengqiao.kernel.money import yuan

from .book import FALLBACK, Book, Closed, Fact, Facts, Level, Rule, Span
from .deciding import Decision, Lost, Question

Names = Mapping[str, str]


def who(rule: Rule, bodies: Names) -> str:
    """To whom it gives the matter."""
    if rule.bodies:
        return "、".join(bodies.get(key, key) for key in rule.bodies)
    return str(_("综合调解窗口（兜底）") if rule.to == FALLBACK else Level(rule.to).label)


def condition(rule: Rule, fact: str, names: Names) -> str:
    """What it asks of one fact; nothing where anything will do. `names` are those of categories or of places."""
    wanted = getattr(rule, fact)
    if not wanted:
        return ""
    if isinstance(wanted, Span):
        return _span(wanted, money=fact == Fact.AMOUNT)
    of_its_kind = {Fact.DIFFICULTY: Difficulty, Fact.CHANNEL: Channel}.get(Fact(fact))
    if of_its_kind is not None:
        return str(of_its_kind(wanted).label) if wanted in of_its_kind.values else wanted
    return names.get(wanted, wanted)


def reason(decision: Decision, facts: Facts, book: Book) -> str:
    """Why there: one sentence."""
    if not decision.body:
        return _("没有规则管得到，也没有能接的单位。")
    body = facts.candidates[decision.body].name
    if not decision.rule:
        return _("没有规则管得到这件事，由%(body)s兜底。") % {"body": body}
    rule = book.rule(decision.rule)
    words: dict[str, Any] = {
        "n": decision.rule,
        "body": body,
        "reason": rule.reason.rstrip("。"),
        "place": facts.place_name,
    }
    words["what"] = (rule.category and facts.category_name) or _("本地的事")
    if rule.item:
        told = _("按责任清单第 %(item)s 项“%(reason)s”，由%(body)s牵头（分流规则第 %(n)d 条）。") % {
            **words,
            "item": rule.item,
        }
    elif rule.is_fast:
        told = _("简案快调，直接交%(body)s：%(reason)s（分流规则第 %(n)d 条）。") % words
    elif rule.bodies or rule.to == FALLBACK:
        told = _("按分流规则第 %(n)d 条，%(what)s归%(body)s：%(reason)s。") % words
    else:
        told = _("事情发生在%(place)s，由%(body)s办：%(reason)s（分流规则第 %(n)d 条）。") % words
    return told


def runner_up(decision: Decision, facts: Facts) -> str:
    """Who came second, and why it lost."""
    lost = decision.runner_up
    if lost is None:
        return ""
    body = facts.candidates[lost.body]
    return _("其次是%(body)s：%(why)s。") % {"body": body.name, "why": _why(lost, decision, facts)}


def question(asked: Question, facts: Facts, book: Book, names: Names) -> str:
    """The one thing to ask."""
    rule, body = book.rule(asked.rule), facts.candidates[asked.body].name
    words = {
        "fact": Fact(asked.fact).label,
        "n": asked.rule,
        "body": body,
        "wanted": condition(rule, asked.fact, names),
    }
    return _("先问清%(fact)s：要是“%(wanted)s”，按第 %(n)d 条归%(body)s。") % words


def _why(lost: Lost, decision: Decision, facts: Facts) -> str:
    if lost.why in Closed.values:
        return str(Closed(lost.why).label)
    if lost.why == "busier":
        words = {"theirs": facts.candidates[lost.body].open, "ours": facts.candidates[decision.body].open}
        return _("手上的事更多（%(theirs)d 件对 %(ours)d 件，按在岗调解员平均）") % words
    if lost.why == "higher":
        return _("管的地方更大，就近的先办")
    return _("第 %(n)d 条，次序在后") % {"n": lost.rule} if lost.rule else _("次序在后")


def _span(span: Span, *, money: bool) -> str:
    def told(n: int) -> str:
        return _("%(yuan)s 元") % {"yuan": yuan(n)} if money else _("%(n)d 人") % {"n": n}

    if span.low is None or span.high is None:
        known = span.high if span.low is None else span.low
        if known is None:
            return ""
        return (_("至多 %(one)s") if span.low is None else _("至少 %(one)s")) % {"one": told(known)}
    return _("%(low)s 至 %(high)s") % {"low": told(span.low), "high": told(span.high)}
