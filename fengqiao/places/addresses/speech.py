"""What somebody says of several places: which are taken back, where he lives or comes from, and where the matter is.

What is said is cut into statements, each of a kind. The place of the highest kind counts; of two of one kind none does.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from fengqiao.places.addresses.context import FILLERS
from fengqiao.places.addresses.divisions import Found, narrowed
from fengqiao.places.addresses.gazetteer import FULL

DENIAL, SLIP = 1, 2  # how what was said before is taken back
DENIED, MENTIONED, ORIGIN, LIVES, PLAIN, THING, EVENT = range(-2, 5)  # kinds of statements, the strongest last
MOST_VERBS = 8  # looked behind in one statement, so that no text takes long

_MARK = r"\s,，。；;：:！!？?…、"
_NOISE = r"(?:[啊呃嗯哦喔噢哎诶唉欸呀]|那个)*"
# "That was wrong": what was said before it was a slip of the tongue or of the pen.
_TAKEN_BACK = re.compile(
    rf"(?<![没别])(?:我|刚才|刚刚|上次|又)*(?:说|讲|填|写|记|搞|弄|报|念|听)(?:(?:错|反|混|岔)(?:了|啦|掉)?的?|成\w{{1,6}}了)"
    rf"|不对(?![劲付称面头门过])|(?<![{_MARK}是])错了|(?<=[{_MARK}])错了|不算数|作废|口误|更正|纠正|(?<!户口)[搬迁][到去至]|(?<=[{_MARK}])(?:应该|其实)[是在]"
    rf"|(?:帮我|给我|请|麻烦|要)(?:把\w+?)?[改换](?:成|为|到)"
    rf"|(?:(?<=[{_MARK}])|^){_NOISE}(?:不是的?|不)(?=[{_MARK}])"
)
_DENIED = re.compile(r"(?<![是又可要也])(?:不是(?!\w*[嘛吗么](?!\w))|不归|不属于?|不在|不算|不叫|并非)(?=\w)")
_CLAUSE = re.compile(
    rf"[{_MARK}]+"
    r"|(?<=来的|户口|户籍|打工|上班|欠的|撞的|丢的|摔的)(?=\w)"  # where one breathes who makes no marks
    r"|(?<=\w人)(?=[在被住租到])|(?<=\w)(?=(?:我|他|她|[我他她][爸妈]|老[公婆板])(?:现在)?[住在])"
    r"|(?<=\w)(?=(?:房子|老屋|厂房|厂子|仓库|工地|老家|户口|那个[钱货车])[也都却倒]?(?:是|在|[买开租盖造建放]在))"
    r"|(?<=[的了])(?=厂[也都却倒]?(?:是|[开租设]?在))|(?<=\w)(?=我厂)"
    r"|(?<=\w)(?=出事|出的事|事情(?:是|在|出))"
    rf"|(?<=\w)(?=(?:{_DENIED.pattern}))"
)
_PERSON = r"(?:我们?|侬|俺|咱们?|他们?|她|伢|阿[拉啦]|对方|双方|房东|包工头|[我他她]?(?:老公|老婆|老板|丈人|爸|妈|爹|娘|儿子|女儿)|人)"
_THINGS = (
    r"(?:房子?|老?屋|老宅|宅基地|地基|[田地]|山林|厂房?|厂子|工厂|车间|仓库|[饭网商]?店|店[铺面]|铺[面子]|摊位?|门面|工地|车库|[货车船]"
    r"|工程|项目|鱼塘|果园|茶园|民宿|公寓|租的)"
)
_BELONGS = re.compile(r"是(?:我|他|她|人家|对方)\w{0,5}(?:家|户口|户籍|地址|单位|公司)")
# The first that is found says of what kind a statement is.
_KINDS = (
    (
        EVENT,
        re.compile(
            r"出[了的]?(?:事|险)|事[情故]|案发|发生|撞|摔|跌|打[架了伤的]|打起来|动手|吵|闹|[丢偷漏塌砸烧淹咬骗]|欠|受伤|纠纷|赖账|没(?:付|结|给)"
        ),
    ),
    (
        THING,
        re.compile(
            rf"{_THINGS}(?:现在|原来|后来|其实|[也都却倒就又还])*是?[买开租盖造建放存停设包种堆]?[在到]|[买开租盖造建]在"
        ),
    ),
    (ORIGIN, _BELONGS),
    (ORIGIN, re.compile(r"户口|户籍|老家|娘家|(?<!老)婆家|籍贯|祖籍|身份证|出生|注册|(?:过来|来)的?$|来打工|嫁")),
    (ORIGIN, re.compile(rf"^{_NOISE}{_PERSON}.{{2,}}(?<![个工老家别本男女年病客路证])人[呀啊嘛哦哈的噢]*$")),
    (ORIGIN, re.compile(rf"^{_NOISE}{_PERSON}(?!\w*住).{{2,}}的$")),
    (MENTIONED, re.compile(rf"^{_NOISE}(?:就|也)?(?:跟(?!.{{1,5}}并)|离|从|往|靠近|挨着|隔壁是|对面是|比)")),
    (
        LIVES,
        re.compile(
            rf"住(?![院宅])|家里?在|上班|[打做务]工|干活|做生意|租房|摆摊|{_PERSON}(?:现在|目前|[是在])|(?:公司|单位|总部)在"
        ),
    ),
)
_VERB = re.compile(r"[是在到于叫租住被]|归|(?:地[址点]?|住址)[是在为]?[:：]?|改成|改到|跟(?=.{2,4}并)")
# What a place became: 跟瓜沥并了, 后来并起来叫双浦.
_NOW = re.compile("并|叫|改[成名]|现在[是归]")
_OPENING = re.compile(rf"(?:[{_MARK}]|{FILLERS})+")


class Statement(NamedTuple):
    start: int
    end: int
    kind: int
    anew: int = 0  # DENIAL or SLIP stood before it


def is_spoken(text: str) -> bool:
    """Whether the words may hold more than one statement: a quick look, most addresses do not."""
    return _SEVERAL.search(text) is not None


_SEVERAL = re.compile(r"[，,。；;！!？?…]+\s*\w|[不错是叫]|在.*在|住.*[\s在住]|来的|人\s|出事|打工|上班|户口|老家")


def heard(text: str, near: str) -> Found:
    """The divisions that count of all that is said."""
    said = list(_statements(text, near))
    if len(said) == 1 and said[0].kind > DENIED:
        return Found(text, near).read()
    hearing = _Hearing(text, near)
    for statement in said:
        hearing.take(statement)
    return hearing.end()


def _statements(text: str, near: str) -> Iterator[Statement]:
    at, last = 0, None
    for slip in (*_TAKEN_BACK.finditer(text), None):
        anew = SLIP if at else 0
        for start, stop in _clauses(text, at, slip.start() if slip else len(text)):
            kind = DENIED if _DENIED.match(text, start) else _kind(text[start:stop])
            goes_on = not Found(text, near).begins_at(start) and not _NOW.search(text, start, stop)
            if last and last.kind == kind == PLAIN and not anew and goes_on:
                last = last._replace(end=stop)
                continue
            if last:
                yield last
            last, anew = Statement(start, stop, kind, anew), DENIAL if kind == DENIED else 0
        at = slip.end() if slip else at
    if last:
        yield last


def _clauses(text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses between two places; what is denied ends where what is meant begins: 不是织里｜是八里店."""
    for mark in (*_CLAUSE.finditer(text, at, end), None):
        stop = mark.start() if mark else end
        while at < stop:
            denied = _DENIED.match(text, at, stop)
            meant = _MEANT.search(text, denied.end() + 1, stop) if denied else None
            if denied and meant:
                yield at, meant.start()
                at = meant.start()
            else:
                yield at, stop
                at = stop
        at = max(at, mark.end()) if mark else end


_MEANT = re.compile(r"(?:而|应该|其实)?(?<![不就也还都])[是在]")


def _kind(words: str) -> int:
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), PLAIN)


class _Hearing:
    """What counts after each statement. `kept` are the pieces of the text that it is read from."""

    def __init__(self, text: str, near: str) -> None:
        self.text, self.near = text, near
        self.kept: list[tuple[int, int]] = []
        self.found = Found("", near)
        self.kind = MENTIONED  # of the statement that the place was taken from
        self.anew = 0
        self.hanging = PLAIN  # the kind of a statement whose place is still to come: 我是外地的，云南镇雄
        self.rivals: list[str] = []  # places of which nothing says which is meant

    def take(self, said: Statement) -> None:
        self.anew = self.anew or said.anew
        if said.kind == DENIED:
            return
        if said.kind == PLAIN:
            said = said._replace(kind=self.hanging)
        self.hanging = PLAIN
        if self._is_home(said):
            self.kind = ORIGIN
            return
        piece = (said.start, said.end)
        if not self.found.codes:
            self.kept.append(piece)
            self.found = self._read(self.kept)
            if not self.found.codes and (self.anew or said.kind > PLAIN):
                begun = self._begun(self.kept, piece)
                self.found = begun if begun and (self.anew or len(begun.spans) > 1) else self.found
            if not self.found.codes:
                self.hanging = min(said.kind, PLAIN)
            else:
                self.kind, self.anew = said.kind, 0
            return
        alone = self._begun([piece], piece)
        open_yet = len(self.found.codes) > 1 or self.found.alone
        if said.kind >= min(self.kind, PLAIN) or self.anew or open_yet:
            whole = self._continued(piece, alone)
            if whole and self._is_elsewhere(said, alone):
                whole = None  # 我是开化华埠的，在衢州市区被车撞了
            if whole:
                self._accept(whole, [*self.kept, piece], max(said.kind, self.kind))
                return
        self._weigh(said, piece, alone)

    def _is_home(self, said: Statement) -> bool:
        """Whether it is said that the place named before is only where somebody belongs: 船寮是我舅舅家."""
        words = self.text[said.start : said.end]
        named = [self.text[start:end] for _label, start, end in self.found.spans[-1:]]
        return any(name in words for name in named) and _BELONGS.search(words) is not None

    def _is_elsewhere(self, said: Statement, alone: Found | None) -> bool:
        """Whether the matter is somewhere in the wider place around the home that was told."""
        home = self.found.codes[0]
        wider = alone is not None and len(alone.codes[0]) < len(home) and home.startswith(alone.codes[0])
        return wider and self.kind < PLAIN < said.kind

    def _weigh(self, said: Statement, piece: tuple[int, int], alone: Found | None) -> None:
        """A statement that does not go on from what counts: it counts instead, contradicts it, or is passed over."""
        found, kept = self._instead(piece, alone)
        if not found:
            self.kept.append(piece)
            self.hanging = min(said.kind, PLAIN)
            if self.anew == SLIP and _MEANT.match(self.text, said.start):  # 瓯北，不对，是 a place in no table
                self._forget()
            return
        founded = len(found.spans) > 1 or found.weakest == FULL
        place = next(start for _label, start, _end in found.spans if start >= piece[0])
        # 房子在余姚梁弄，还有一套在慈溪逍林: what is left out is what was said before
        kind = self.kind if said.kind == PLAIN < self.kind and self.text[place - 1] == "在" else said.kind
        if kind == PLAIN and not founded and not self.anew:
            return
        if self.anew or kind > self.kind:
            self._accept(found, kept, kind)
        elif kind == self.kind and not _agree(found, self.found):
            self.rivals = self.rivals or [self.found.codes[0]]
            self.rivals += [code for code in found.codes[:1] if code not in self.rivals]
        elif kind == self.kind and len(found.codes[0]) > len(self.found.codes[0]):
            self._accept(found, kept, kind)

    def _accept(self, found: Found, kept: list[tuple[int, int]], kind: int) -> None:
        self.found, self.kept, self.kind = found, kept, kind
        self.anew, self.rivals = 0, []

    def _forget(self) -> None:
        """The narrowest place that was named is taken back, and none is known instead."""
        self.kept = [(start, end) for _label, start, end in self.found.spans[:-1]]
        self.found, self.anew = self._read(self.kept), 0

    def _continued(self, piece: tuple[int, int], alone: Found | None) -> Found | None:
        """What counts with what this piece adds to it."""
        kept = [*self.kept, piece]
        whole: Found | None = self._read(kept)
        if whole is None or not whole.spans or whole.spans[-1][1] < piece[0]:
            whole = self._begun(kept, piece)
        return whole if whole and _agree(whole, alone) and not (whole.against and self.anew) else None

    def _instead(self, piece: tuple[int, int], alone: Found | None) -> tuple[Found | None, list[tuple[int, int]]]:
        """This piece, in as much of what counted as it goes with: 嵊州（甘霖）崇仁, （平阳）苍南."""
        spans = self.found.spans
        for count in range(len(spans) - 1, 0, -1):
            kept = [*((start, end) for _label, start, end in spans[:count]), piece]
            found = self._begun(kept, piece)
            if found and _agree(found, alone) and not (alone and len(alone.codes[0]) < len(found.codes[0])):
                return found, kept
        return alone, [piece]

    def _begun(self, kept: list[tuple[int, int]], piece: tuple[int, int]) -> Found | None:
        """Read `kept` with the first place that begins in `piece`."""
        view = self._view(kept)
        for at in _openings(view, *piece):
            found = self._read([other for other in kept if other != piece])
            found.text = view
            before = len(found.spans)
            found.follow(at)
            if len(found.spans) > before and not found.against:
                found.is_scattered = True
                found.look_back()
                return found
        if kept == [piece]:
            lone = Found(view, self.near, self.text)
            lone.take_alone(*_openings(view, *piece))
            return lone if lone.codes else None
        return None

    def _read(self, kept: list[tuple[int, int]]) -> Found:
        return Found(self._view(kept), self.near, self.text).read()

    def _view(self, kept: list[tuple[int, int]]) -> str:
        """The text with nothing but marks where it is not kept, so that all stands where it stood."""
        view, at = "", 0
        for start, end in sorted(kept):
            view += "，" * (start - at) + self.text[start:end]
            at = end
        return view + "，" * (len(self.text) - at)

    def end(self) -> Found:
        self.found.text = self._view(self.kept)
        if self.rivals:
            self.found.codes, self.found.torn = tuple(self.rivals), True
        return self.found


def _agree(found: Found, alone: Found | None) -> bool:
    """Whether a piece means the same place with what stood before it as it does alone."""
    return not alone or bool(narrowed(alone.codes, found.codes))


def _openings(text: str, start: int, end: int) -> Iterator[int]:
    """Where a place may begin in a statement: at its beginning, after small words, after a verb."""
    yield start
    opening = _OPENING.match(text, start, end)
    if opening and opening.end() > start:
        yield opening.end()
    yield from (verb.end() for verb in islice(_VERB.finditer(text, start, end), MOST_VERBS))
