"""What somebody suffered and what they want, in their own words: sentences of the text as they stand there, or none.

Nothing is summed up or made smoother (the demand is what the person says it is). Where nothing is asked for in so many words,
nothing is proposed: an empty field is filled by asking, a wrong wish would be followed.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .urgency import harms_in

LONGEST = 120  # characters of one of them
FEWEST_HARMS = 2  # different words; a single mild one may be a manner of speaking
MOST_WORDS = 3
SURE, LIKELY = 0.85, 0.65


class Said(NamedTuple):
    """Words of the text, where they begin, how sure it is that they are what is looked for, and the words that decided."""

    text: str
    start: int
    confidence: float
    because: tuple[str, ...]

    @property
    def sure(self) -> str:
        return f"{self.confidence:.0%}"


class _Part(NamedTuple):
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]?")
_CLAUSE = re.compile(r"[^，,：:]+[，,：:]?")
_I = (
    r"(?:我们?|本人|俺们?|咱们?|大家|大伙|全体\w{0,4}|家长们?|业主们?|村民们?|居民们?|住户们?|\d{1,5}户|\w{0,4}家属"
    r"|来电人|来信人|市民|群众|投诉人|申请人|其(?!他|它|中|实)|双方|老人|现)"
)
# Whoever is asked, and what they are to do.
_THEM = r"(?:领导|政府|部门|单位|你们?|您|贵\w|社区|街道|镇里|区里|县里|市里|教育局|司法所|调解|法律|公安|校方|主管)"
_DO = r"(?:帮|给|派|让|叫|把|替|查|管|催|来|去|修|装|退|赔|补|还|安排|协调|解决|处理|加|开|延|移|调|配|出面|主持|尽快|马上|赶快|立即)"
# Who asks for something in so many words. A clause begins so; what leads up to it belongs to it.
_ASKED = re.compile(
    rf"^(?:{_I}|联名|集体|一致|一起|但|就|现在?|特|因此|所以|故|还|并|只|都|也|再次|强烈|为此|谢谢|[\w某]{{2,8}}(?=要求))*(?:"
    rf"(?P<plain>请求|恳请|恳求|祈求|诉求|要求(?!我|他|她|来电人|本人|员工|业主|家长|住户|顾客|客户|提供|出示|交|缴)|希望(?!小学|工程|学校)|盼望?(?!着孩子)|[敬还]?望(?!见|着|城|都)|索赔|建议|请(?![问假客教了人神示帖过不的]|律师|医生|护工|工人|师傅|保姆|车|吃饭|他吃|回来)|拜托|麻烦(?:{_THEM}|{_DO})"
    rf"|求(?={_DO}|{_THEM}|\w{{0,2}}解决|\w{{0,2}}领导)|(?:只|就)(?:求|想(?!问|知道吗))|想请(?!问|教|假)|不求\w|[想要]+讨?个(?:说法|公道)|讨(?:个)?(?:说法|公道)|给(?:我们?|俺们?|大家)?(?:一)?个(?:\w{{0,2}}说法|\w{{0,2}}交代|回音|答复)|还我们?(?:一)?个?\w{{0,2}}(?:公道|血汗钱)|派人|快(?:点)?(?:来|派)|赶紧(?:来|派))"
    rf"|(?P<mild>主张|提出(?=\w{{0,16}}(?:赔|补|退|支付))|(?:能不能|能否|可否|可不可以|是否可以)(?!退|办|报|领|补|要|用|换|拿|认|就|申请|在)|总得给|要(?:他|她|对方|老板|公司|物业|学校|老师)\w{{0,8}}(?:赔|退|还|道歉|出|补|搬|停|修)|[想要]让(?:他|她|对方|公司|物业|学校|{_THEM})|你们(?:给|来|快|能不能|评))"
    rf")"
)
# Somebody else wants it, it is only a question, or a hope that asks for nothing.
_NOT_SO = re.compile(
    r"^(?:对方|老板|公司|物业|房东|店家|商家|单位|学校|老师|医院|院方|厂里|厂方|银行|村里|开发商|中介|客服|平台|他们?|她们?|经理|店长)\w{0,6}(?:要求|希望|建议|提出|请|主张)"
    r"|^\w{0,8}(?:客服|[所局司台院校业店厂行心板东园方])\w{0,2}要求|^我(?:能不能|能否|可不可以)|请问|想问|请教|咨询|请假|请客|请了|没有?希望|有希望|吗[?？]?$|要不要|合法|(?:本人|我)?(?:也|曾|多次|已)\w{0,4}(?:要求|请求)(?:过|了|无果|未果)"
)
_IS_QUESTION = re.compile(r"请问|想问|问一下|咨询|[吗么]?[？?]\s*$|[吗么]\s*$")
_ONLY_ASKS = re.compile(r"请问|想问|问一下|咨询")
# The other side's answer, after which nothing is wanted any more.
_ANSWERED = re.compile(
    r"^[^，,：:]{0,10}?(?:[只仅](?:同意|愿|肯|认|答应)|拒绝|拒付|不同意|不肯|不愿|不接受|未达成|未果|被拒)|^(?!我|本人|来电人)[^，,：:]{1,10}?(?:则?称|认为|以[^，,：:]{1,20}为由|说)"
)
# What was suffered: words of which one is enough, and words that only count beside others.
_GRAVE = re.compile(
    r"一分(?:钱)?(?:没(?!少)|未|不(?![少让])|都|也)|没见影子|拖欠|[拖欠]着|只(?:给|付|还|退|归还)了|(?:不|未|没)(?:给退|结清|到账|认账)|[钱金款租]\w{0,3}(?:不退|不给|没给|不发|没发)|拒付|扣(?:下|走|押)了?|空号|失联"
    r"|骨折|骨裂|缝了?[一二三四五六七八九十两\d]+针|流血|扑倒|刮倒|咬伤|烫伤|绞伤|压伤|砸伤|打(?:断|破|伤)|断[两一二三][颗根条]|抽我|砍(?:断|伤|死)|红肿|致残|残留"
    r"|渗水|漏水|往下滴|鼓包|发霉|推平|淹了|泡鼓|熏黄|黑水|断水|停水|断电|停电|起火|烧光|鱼\w?翻白|睡不(?:着|成|好)|损失"
)
_HURT = re.compile(
    r"(?:没|未|不)(?:退|还|赔|修|补|肯|露面|签字|管)|跑了(?!\w{0,2}[趟次])|关机|拉黑|上锁|锁了|摔|撞|绊|烫|高烧|感染|去世|[头哭]晕|呕吐|咳|死亡|死了|滴水|裂|塌|倒了|熏|臭|呛|冒烟|占了|圈了|砍|拆了|拿走|取消"
    r"|花(?:了|费|去)|垫(?:付|了)|误工|误了|拒绝|推来推去|踢来踢去|没下文|没结果|不算数|骂|威胁|恐吓|涨到|多收|停了|断了|伤"
)
_RESULT = re.compile(r"[一-鿿]{2,}")


def wish_in(text: str) -> Said | None:
    """What the person asks to be done, given or stopped, or None where it is not said in so many words."""
    found = [said for sentence in _parts(_SENTENCE, text) if (said := _wish_of(sentence))]
    return max(found, key=lambda said: (said.confidence, said.start)) if found else None


def harm_in(text: str, wish: Said | None) -> Said | None:
    """The sentence that tells most of what was suffered, or None. What is wanted is not told again."""
    found: list[tuple[int, Said]] = []
    for sentence in _parts(_SENTENCE, text):
        told = _without(sentence, wish)
        grave = tuple(dict.fromkeys(_GRAVE.findall(told.text)))
        words = tuple(dict.fromkeys([*grave, *_HURT.findall(told.text), *harms_in(told.text)]))
        if (grave or len(words) >= FEWEST_HARMS) and not _IS_QUESTION.search(told.text):
            found.append((len(words), _said(told, SURE if len(words) > FEWEST_HARMS else LIKELY, words[:MOST_WORDS])))
    return max(found, key=lambda one: one[0])[1] if found else None


def _wish_of(sentence: _Part) -> Said | None:
    """From the first clause that asks, to the end of its sentence."""
    for clause in _parts(_CLAUSE, sentence.text):
        asked = _ASKED.match(clause.text)
        if asked is None or _NOT_SO.search(clause.text):
            continue
        rest = _Part(_unanswered(sentence.text[clause.start :]), sentence.start + clause.start)
        word = asked["plain"] or asked["mild"]
        if len(_RESULT.findall(rest.text)) == 0 or len(rest.text) < 4 or _ONLY_ASKS.search(rest.text):
            continue
        return _said(rest, SURE if asked["plain"] else LIKELY, (word,))
    return None


def _unanswered(text: str) -> str:
    """Up to where the other side answers."""
    _first, *others = _parts(_CLAUSE, text)
    for clause in others:
        if _ANSWERED.match(clause.text):
            return text[: clause.start]
    return text


def _without(sentence: _Part, wish: Said | None) -> _Part:
    if wish and sentence.start <= wish.start < sentence.end:
        return _Part(sentence.text[: wish.start - sentence.start], sentence.start)
    return sentence


def _said(part: _Part, confidence: float, because: tuple[str, ...]) -> Said:
    """Without what only parts it from the next; a long one ends where one would pause."""
    words = part.text.lstrip(" ，,、：:")
    start = part.end - len(words)
    words = words.rstrip(" ，,、：:；;。\n")
    if len(words) > LONGEST:
        pause = max(words[:LONGEST].rfind(one) for one in "，,、")
        words = words[: pause if pause > 0 else LONGEST]
    return Said(words, start, confidence, because)


def _parts(pattern: re.Pattern[str], text: str) -> Iterator[_Part]:
    for found in pattern.finditer(text):
        yield _Part(found.group(), found.start())
