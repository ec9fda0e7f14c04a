"""How urgent it is by its own words: 3 danger or a threat, 2 something that harms somebody now, 1 a question or a suggestion.

Handbook 2.3; what may end in harm to people is told to the police at once (人民调解法 25). Counted words and
turns of phrase decide together, as a training weighed them: "急死我了" and "跳楼价" are no danger, a fight that is over is a grievance, and who
says goodbye need not say how.
"""

import re
from math import exp, log1p
from typing import NamedTuple

from .phrases import phrases_in
from .weights import Weights

DANGER, GRIEVANCE, QUESTION = 3, 2, 1
EVEN = 0.5


class Urgency(NamedTuple):
    """The grade, how sure, and the words that decided."""

    grade: int
    confidence: float
    because: tuple[str, ...]


# Figures of speech that only sound like danger; they are taken out before anything is looked for.
_FIGURES = re.compile(
    r"急死|气死|烦死|累死|吵死|热死|冻死|饿死|笑死|吓死|愁死|臭死|死皮赖脸|死活不|跳楼价|跳楼甩卖|杀价|拼命(?:工作|干活|赚钱|学习|干)|要命的是|不要命地"
    r"|死板|死心|死路|生死攸关的发展|玩命(?:工作|干)|杀熟|火爆|爆满|爆炸式|放火烧秸秆"
)
# A threat, harm to oneself, violence that goes on, or a crowd that is announced or there.
_THREATS = (
    r"(?:要|想|准备|打算|扬言|声称|放话|威胁|恐吓|逼|再不?.{0,12}就).{0,14}(?:跳楼|跳江|跳河|跳桥|喝药|喝农药|自杀|自焚|上吊|同归于尽|拼命|杀|砍|捅|烧|炸|弄死|打死|泼汽油|点火|鱼死网破|报复)",
    r"(?:从|爬|上).{0,8}(?:跳下|往下跳|不下来|跳(?:$|[，。！]))",
    r"(?:跳楼|跳江|喝(?:了)?农药|喝药|自杀|自焚|上吊|轻生|寻短见|寻死|不想活|活不下去|活不成|割腕|吞.{0,3}药|遗书|烧炭|了断|结束(?:自己的)?生命|没有活路|走投无路|一了百了|死给)",
    r"(?:同归于尽|鱼死网破|玉石俱焚|你死我活|杀人|杀了|砍死|砍人|捅死|捅人|弄死|打死|要(?:我|他|你|我们)的?命|不得好死|放火|纵火|炸(?:掉|了|毁)|汽油|煤气罐|持刀|拿刀|菜刀|砍刀|铁棍|钢管|动刀|见血|灭门|卸(?:你|我|他)?.{0,2}(?:腿|胳膊))",
    r"(?:威胁|恐吓|扬言|放话|跟踪|尾随|堵.{0,4}门).{0,20}(?:人身|安全|家人|全家|孩子|小孩|生命|生意|不敢|害怕|报复|打|砸|死)",
    r"(?:殴打|毒打|暴打|家暴|打得|打我|打人|施暴|动手打|围殴).{0,24}(?:现在|天天|每天|经常|多次|又|还在|继续|不敢|正在|昨天|昨晚|今天|刚才|刚刚|不断|随时)",
    r"(?:又|还在|正在|天天|每天|经常|多次|不断|昨晚|昨天|今天|刚才|刚刚|一直).{0,10}(?:殴打|毒打|暴打|家暴|打我|施暴|动手打|围殴|打骂|往死里打)",
    r"(?:要|准备|打算|决定|将|马上|明天|后天|下周|周[一二三四五六日]|约好|商量|集体|组织|一起|都说).{0,16}(?:堵路|堵门|拦路|拦车|封路|围堵|静坐|游行|示威|拉横幅|打横幅|挂横幅|扯横幅|集体上访|进京|去北京|上北京|到北京|去省(?:里|城|政府)|到省(?:里|城|政府)|上省里|越级上访|罢工|罢课|罢运|停运|围住|堵住|抬棺|抬尸|抬.{0,6}(?:尸|棺))",
    r"(?:围堵|围住|围着|包围|堵住|堵了|堵着|聚集|拉起?横幅|扯横幅|堵路|静坐|罢工|罢运|停尸|摆灵堂|设灵堂|抬棺|抬尸|遗体停|砸(?:坏|毁|了).{0,8}(?:门|窗|车|柜|玻璃)).{0,40}",
    r"(?:带|领|率|约).{0,6}(?:几十|上百|数十|\d+).{0,4}(?:人|名|号).{0,8}(?:进京|北京|上访|省里|政府|市里|去)",
    r"(?:一触即发|剑拔弩张|情绪(?:非常|十分|极度|很|极其)?(?:激动|失控)|推搡|打起来|大打出手|持械)",
)
# Something is about to fall, burn, poison or drown somebody; somebody is shut in, missing or without help.
_PERILS = (
    r"(?:随时|马上|快要?|就要|即将|有可能随时).{0,6}(?:倒塌|坍塌|垮塌|塌|掉下来|爆炸|起火|着火|滑坡|触电|出人命|决堤|断裂)",
    r"(?:出人命|人命关天|危及生命|生命危险|生命(?:安全)?(?:受到|受)(?:了)?(?:严重|直接|极大)?的?威胁|有生命危险|救命|命悬|危在旦夕|奄奄一息|性命)",
    r"(?:煤气|燃气|天然气|液化气|瓦斯|一氧化碳|氨气|氯气).{0,10}(?:泄漏|漏气|味|中毒)|臭鸡蛋味|报警器响|泄漏",
    r"(?:困在|被困|被关|关在|锁在|失踪|失联|联系不上|走失|绑架|拘禁).{0,12}",
    r"(?:中毒|呕吐|昏迷|休克|抽搐|吐血|头晕|发高烧).{0,14}(?:几十|十多|多名|多个|集体|很多|不少|\d+)|(?:几十|十多|多名|多个|集体|很多|不少|\d+个).{0,14}(?:中毒|呕吐|昏迷|头晕|拉肚子)",
    r"(?:裸露|垂下来|掉落|断).{0,6}(?:电线|高压线)|漏电|带电",
    r"(?:山体滑坡|泥石流|决口|洪水|塌方).{0,16}(?:威胁|危险|随时|冲|埋|淹)",
    r"(?:咔嚓|裂缝.{0,8}(?:越来越|加大|扩大)|墙.{0,6}(?:要倒|歪|倾斜)).{0,12}",
)
# It is asked, suggested or praised, and nothing harms the writer.
_QUESTIONS = (
    r"请问|想问|咨询|想了解|想知道|问一下|问下|打听|请教|想咨询|了解一下|是否(?:可以|能|有|属于|需要|符合)|能不能|可不可以|可以.{0,10}吗|能.{0,12}吗|合法吗|违法吗|有吗|行吗|对吗|怎么(?:办理|申请|办|算|写|查|走|补|领|交|开|报)|如何(?:办理|申请|计算|认定|处理|领取|缴纳|查询)"
    r"|需要(?:什么|哪些|准备|带|提供)|要(?:什么|哪些|带什么|准备啥)|什么时候(?:能|可以|开|发|通|建|出|到|才)|何时|多久|多少钱|在哪里?(?:办|申请|查|买|领|交|打|接种|报)|哪里(?:办|可以|能)|去哪|找谁|找哪个|哪个部门|有没有(?:规定|政策|补贴|计划|可能)|有什么(?:规定|政策|要求|条件|区别|流程)|流程|什么条件|是什么意思|差别|怎么规定|政策是|吗[?？]?$",
)
_SUGGESTIONS = (
    r"建议|希望能(?:建|开通|增加|增设|设|修|多)|提个?(?:意见|想法|小?建议)|可否(?:考虑|增设|增加)|是否可以考虑|想法|呼吁|倡议|献计|感谢|谢谢.{0,8}(?:帮助|解决|工作)|表扬|点赞|祝",
)
# Somebody is harmed now.
_HARMS = (
    r"拖欠|欠(?:了|我|着|薪|款|钱)|不给|不发|不退|不还|不赔|不修|不管|没人管|无人管|没有人管|拒绝|拒不|推诿|推来推去|踢皮球|敷衍|扣(?:了|押|钱|工资|款|着)|克扣|被(?:骗|打|撞|偷|辞|开除|占|拆|砸|停|扣|拒|咬|拖|征)|骗(?:了|走|取|钱)"
    r"|漏水|渗水|停水|停电|断水|断电|没水|没电|扰民|睡不(?:着|成|好)|无法(?:入睡|休息|生活|出行|居住|正常)|臭|污染|噪音|噪声|油烟|堵(?:死|住|塞|了)|塌|裂|坏了|损坏|摔|伤|骨折|住院|死亡|去世|淹|欺负|侵占|霸占|强占|强拆|强行|占(?:了|用|道)|乱收费|多收|涨价|违规|违法|非法|贪|吃拿卡要|态度(?:恶劣|极差|很差|蛮横|差)|不作为|不公|不合理|拖了|至今|到现在|多年|一直没|还没|迟迟|三番五次|多次(?:反映|找|投诉|协商|催|要)|反映(?:过|多次|无果|了)|投诉|举报|血汗钱|受害|损失|坑|黑心|苦不堪言|影响(?:我们|居民|正常|出行|休息|生活|孩子)|隐患|危险|无果|没有结果|没解决|未解决|不解决|得不到解决|困难|求助|帮帮|救救|做主|讨(?:个)?(?:说法|公道|薪|要)|维权",
)
_IS = {
    "threat": re.compile("|".join(_THREATS)),
    "peril": re.compile("|".join(_PERILS)),
    "question": re.compile("|".join(_QUESTIONS)),
    "suggestion": re.compile("|".join(_SUGGESTIONS)),
    "harm": re.compile("|".join(_HARMS)),
}
_OVER = re.compile(r"(?:以前|曾经|当年|早年|那时|去年|前年|多年前|已经(?:判|赔|和解|处理)|警方已|判了|拘留了|行政拘留)")
_MOST_WORDS = 3


def urgency_of(text: str, weights: Weights) -> Urgency:
    """Grade and words of a text in one form (kernel.text.normalise), its title before it."""
    found, phrases = _found(text), phrases_in(text)
    chances = _chances({grade: told.of(_counted(text, found), phrases) for grade, told in weights.urgency.items()})
    grave = _few([*found["threat"], *found["peril"]])
    if not grave and chances[DANGER] <= EVEN:
        chances[DANGER] = 0.0  # without a word of danger it has to be likelier than all else together
    grade = max(chances, key=lambda one: chances[one])
    if grade == DANGER:
        because = grave or phrases.heaviest(text, weights.urgency[DANGER].phrases)
    else:
        because = _few([*found["question"], *found["suggestion"]] if grade == QUESTION else found["harm"])
    return Urgency(grade, chances[grade], because)


def cues(text: str) -> list[float]:
    """How much it threatens, fears, asks, suggests and complains: what the weights take beside the phrases."""
    return _counted(text, _found(text))


def harms_in(text: str) -> list[str]:
    """The words that tell of harm, in their order. Figures of speech are none."""
    return [one.group() for one in _IS["harm"].finditer(_plain(text))]


def _counted(text: str, found: dict[str, list[str]]) -> list[float]:
    """Also whether it ends in a question, and whether what is grave is told of a time that is past."""
    grave = [*found["threat"], *found["peril"]]
    counted = [log1p(len(set(found[name]))) for name in _IS]
    asks_last = text.rstrip().endswith(("?", "？", "吗", "呢"))
    return [*counted, float(asks_last), float(bool(grave) and _is_history(_plain(text), grave))]


def _chances(scores: dict[int, float]) -> dict[int, float]:
    top = max(scores.values())
    raised = {grade: exp(score - top) for grade, score in scores.items()}
    return {grade: one / sum(raised.values()) for grade, one in raised.items()}


def _found(text: str) -> dict[str, list[str]]:
    plain = _plain(text)
    return {name: [one.group() for one in pattern.finditer(plain)] for name, pattern in _IS.items()}


def _plain(text: str) -> str:
    return _FIGURES.sub("", text)


def _is_history(text: str, grave: list[str]) -> bool:
    """It was, and is over: one such word, told of a time that is past."""
    at = text.find(grave[0])
    return len(grave) == 1 and bool(_OVER.search(text[max(0, at - 20) : at + len(grave[0]) + 12]))


def _few(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))[:_MOST_WORDS]
