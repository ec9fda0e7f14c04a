"""What a text gives away of its matter: the places and bodies it names, what it complains of, and its other words."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import rjieba

from fengqiao.intake.understanding.names import SURNAMES
from fengqiao.kernel.text import normalise

from .named import KEPT, in_digits, names_of, numbers_of
from .wording import heard_in, turns_of, unusual_in

LONGEST = 1500  # characters read: what is behind them repeats
OPENING = 40  # characters that stand for a title where there is none


@dataclass(frozen=True)
class Clues:
    """Of one text. `names` are specific names in their shortest telling form; `numbers` are parts of them (12栋, 2期)."""

    text: str  # in one form: numerals as digits, no punctuation
    names: dict[str, str]  # name → of what sort it is (named.py)
    numbers: frozenset[str]
    grievances: Counter[str]
    words: Counter[str]
    letters: frozenset[str]
    head: frozenset[str]  # the grievances of its title or first sentence
    heard: dict[str, str]  # grievance → the first word of the text that told it
    follows_up: bool
    unusual: frozenset[str]  # pairs of letters that are in no common word, as they are in 盛世名门 and 老鹰岩
    called: frozenset[str]  # family names of people who are only called so: 屈老板, 姓屈的
    asks: bool  # it asks how something is done, and complains of nothing
    turns: Counter[str]  # single letters and pairs of them
    opening: Counter[str]  # the same of its title, or its first words

    @cached_property
    def shingles(self) -> frozenset[str]:
        return frozenset(self.text[i : i + 4] for i in range(max(len(self.text) - 3, 1)))


def clues_of(title: str, text: str) -> Clues:
    """For a text as typed, and its title, "" where it has none."""
    title, text = normalise(title), normalise(text)[:LONGEST]
    whole = _EMPTY.sub("", in_digits(f"{title}。{text}" if title else text))
    first = title or _SENTENCE.split(text, maxsplit=1)[0]
    runs = KEPT.findall(whole.lower())
    plain = "".join(runs)
    opens = KEPT.findall(in_digits(title if len(title) > 3 else text[:OPENING]).lower())
    heard = heard_in(whole)
    words = [word for word in rjieba.cut_for_search(whole.lower()) if len(word) > 1 and KEPT.fullmatch(word)]
    return Clues(
        plain,
        dict(names_of(whole)),
        frozenset(numbers_of(whole)),
        Counter({one: len(said) for one, said in heard.items()}),
        Counter(words),
        frozenset(letter for letter in whole if "\u3400" <= letter <= "\u9fff"),
        frozenset(heard_in(in_digits(first))),
        {one: said[0] for one, said in heard.items()},
        bool(_AGAIN.search(whole)),
        frozenset(unusual_in(whole)),
        frozenset(found[1] or found[2] for found in _CALLED.finditer(whole)),
        bool(_ASKS.search(whole)),
        turns_of(runs),
        turns_of(opens),
    )


_SENTENCE = re.compile(r"[。！？!?；;\n，,]")
_EMPTY = re.compile(
    r"(?:尊敬的|敬爱的)?(?:各位)?(?:市|县|区|镇|省)?(?:委|政府)?(?:领导|书记|市长|县长|区长)(?:们)?[，,：:！!。\s]*(?:您好|你好)[，,：:！!。\s]*|您好|你好"
    r"|(?:来电人|市民|群众|匿名家长|家长)(?:来电)?(?:反映|咨询|称|表示)?[：:，,]?|\[[^\]]{1,8}\]"
)
_AGAIN = re.compile(
    r"上次|上回|再次|又一次|再问|前几天|此前|之前反映|反映过|写过信|上个?月(?:写|反映|打)|[0-9]天前|第[2-9]次|至今没有?(?:答复|回复|解决)|还没(?:答复|解决|回复)|回复已?"
)
_CALLED = re.compile(
    rf"姓([{SURNAMES}])(?:的|，|,|。|$)|([{SURNAMES}])(?:老板|经理|师傅|老师|医生|主任|厂长|工头|老汉|某)"
)
_ASKS = re.compile("咨询|请问|想问|问一下|问下|打听|请教|如何办|怎么办理|怎样办|标准及|流程")
