"""Naming the parts of an address below the town: community, road, number, building, unit, room, and what stands between."""

import re
from collections.abc import Callable
from typing import NamedTuple

from fengqiao.places.addresses.context import NATURE, RUNS_ON

Villages = Callable[[str, int], int]  # text, place → where the longest known village there ends, or 0


Span = tuple[str, int, int]  # label, start, end


class Element(NamedTuple):
    """A part of the address as it was written, and where."""

    label: str
    text: str
    start: int


def label(text: str, start: int, end: int, village_at: Villages, *, after: str = "") -> list[Span]:
    """Name what lies between `start` and `end`, in order. `text` has narrow digits and letters.

    `after` is the label of the division before it: after a county comes a town, though it be in no table.
    """
    named: list[Span] = []
    at = start
    town = _TOWN.match(text, start, end) if after in ("district", "city") else None
    if town:
        named.append(("town", town.start(1), town.end()))
        at = town.end()
    for match in _NUMBER.finditer(text, at, end):
        kind = match.lastgroup or ""
        begin, stop = match.span()
        if begin > at:
            if kind == "no" and text[begin] in _CN and text[begin - 1] not in "路街道巷弄村组段":
                continue  # 学府一号13幢: the number is part of a name
            _words(text, at, begin, village_at, named)
        at = stop
        if kind in _SAME:
            named.append((_SAME[kind], begin, stop))
        elif kind == "no":
            # 1387弄12号: the lane is the number of the road, the number is the house in the lane.
            named.append((_INNER.get(_last(named), "roadno") if text[stop - 1] != "弄" else "roadno", begin, stop))
        elif kind == "bare":
            _bare(begin, stop, named)
        else:
            _chain(text, begin, stop, named)
    if at < end:
        _words(text, at, end, village_at, named)
    return named


def is_gap(text: str, start: int, end: int) -> bool:
    """Whether nothing but marks lies there."""
    return _SPLIT.fullmatch(text, start, end) is not None


_TOWN = re.compile(
    r"[\s,，·、-]*([\u4e00-\u9fff]{1,5}?(?:街道(?:办事处)?|(?<![路市城古])镇(?![村社中路政上南北东西海江街])|(?<![故城新下老])乡(?![村道亲间土])))"
)
_SAME = {kind: kind for kind in ("houseno", "roomno", "cellno", "floorno", "village_group", "distance")} | {
    "houseno2": "houseno", "cellno2": "cellno", "floorno2": "floorno", "no2": "roadno"
}  # fmt: skip
_INNER = {
    "roadno": "houseno",
    "poi": "houseno",
    "subpoi": "houseno",
    "houseno": "roomno",
    "cellno": "roomno",
    "floorno": "roomno",
}
_CN = "零〇○一二三四五六七八九十百两廿"
_NO = rf"(?:第?(?:[A-Za-z]{{0,2}}[0-9]{{1,5}}[A-Za-z]?|[{_CN}]{{1,6}}|[A-Za-z]))"
_JOIN = r"[-－–—~、,/之](?=[0-9A-Za-z])"
# A number and its unit; a number joined to others; a number alone.
_NUMBER = re.compile(
    rf"(?=[0-9A-Za-z{_CN}第附临甲乙丙丁戊东西南北中地负约大几-])(?:"
    rf"{_NO}(?:{_JOIN}{_NO})*\s*(?:"
    r"(?P<houseno>号楼|幢楼?|栋楼?|#楼?(?!单元)|座(?!落|桥|山)|号院)"
    r"|(?P<roomno>室|号房间?|房间?(?!产|东|子|屋|地|管)|号商?铺|商铺|户(?!口|籍|外))"
    r"|(?P<cellno>#?单元|门洞|梯(?=\d|$))"
    r"|(?P<floorno>层(?!次)|楼(?![上下群梯盘栋道]|房)|[Ff](?![A-Za-z0-9]))"
    r"|(?P<village_group>村民小组|小组|组(?!团)|小队|生产队|队(?=\d|[\s,，]|$))"
    r"|(?P<no>(?:号(?![线桥码地公店馆井库]|门(?![面市])|楼|院|大街|路)|支?弄(?![口堂]))(?:附\d+号|之[0-9一二三四五六七八九]|[-－]\d{1,2}(?![0-9号幢栋室单-]))?))"
    r"|(?P<houseno2>[甲乙丙丁戊](?:幢|栋|座))|(?P<cellno2>[东西南北中甲乙丙]\s*单元)"
    rf"|(?P<floorno2>(?:地下|负|-){_NO}\s*[层楼])|(?P<no2>(?:附|临|甲|乙)[0-9]+号)"
    r"|(?P<distance>(?:约|大约|大概)?[0-9一二三四五六七八九十百两几]{1,5}多?(?:米|公里|千米|里路)(?:处|左右|远|的地方)?)"
    r"|(?P<chain>(?<![0-9A-Za-z])[0-9]{1,3}[A-Za-z]?[-－–—/][0-9]{1,4}(?:[-－–—/][0-9]{2,4})?(?![0-9A-Za-z国省县]))"
    rf"|(?P<bare>(?<![0-9A-Za-z])[A-Za-z]?[0-9]{{1,5}}(?![0-9A-Za-z\u4e00-\u9fff#])(?!\s*[号幢栋])|(?<=路)[0-9]{{1,4}}(?=[附旁对隔门])|[{_CN}]{{3,4}}$))"
)


def _last(named: list[Span]) -> str:
    """What the last part was, so that a bare number can be told: after a house it is a room."""
    return named[-1][0] if named and named[-1][0] != "town" else ""


def _chain(text: str, start: int, end: int, named: list[Span]) -> None:
    """3-2-501: house, unit and room; 3-501 house and room; after a road, a house number with its branch."""
    last = _last(named)
    if last == "road":
        named.append(("roadno", start, end))
        return
    numbers = list(re.finditer(r"[0-9A-Za-z]+", text[start:end]))
    kinds = ["houseno", "cellno", "roomno"] if len(numbers) > 2 else ["houseno", "roomno"]
    if last == "houseno":
        kinds = [*kinds[1:], "roomno"]
    for kind, number in zip(kinds, numbers, strict=False):
        named.append((kind, start + number.start(), start + number.end()))


def _bare(start: int, end: int, named: list[Span]) -> None:
    last, size = _last(named), end - start
    if last == "road":
        named.append(("roadno", start, end))
    elif last in ("houseno", "cellno", "floorno", "roomno") or (last == "poi" and size > 2):
        named.append(("roomno", start, end))
    elif last == "poi":
        named.append(("houseno", start, end))


_GAP = re.compile(
    r"(?:[\s,，。;；:：、/\\|·.>→~()（）\[\]【】{}<《》\"'“”‘’?？!！…_—–－+*-]+"
    r"|那边的?|这边的?|那里的?|这里的?|那块的?|那一带的?|里面的?|上面的?|下面的?"
    r"|(?:的|那个|这个|那家|这家|一家|有个|有家|一个|嗯|呃|啊|呢|嘛|哦|哎|吧|吗|了|是|就是|在|位于|住(?![院宅户房])|走|往(?![东南西北前])|从|到(?!坑)|过去|进去)(?=[\u4e00-\u9fff0-9\s,，]|$))+"
)
_GAP_BEGINS = frozenset(
    " \t\r\n,，。;；:：、/\\|·.>→~()（）[]【】{}<《》\"'“”‘’?？!！…_—–－+*-那这里上下的一有嗯呃啊呢嘛哦哎吧吗了是就在位住走往从到过进"
)
_SPLIT = re.compile(r"[\s,，。;；:：、/\\|·>→~()（）\[\]【】{}<《》\"“”?？!！…_—–－+*-]+")
_COMMUNITY = re.compile(
    r"[\u4e00-\u9fff]{1,9}?(?:社区(?!医院|卫生|服务|活动|食堂)(?:居民委员会|居委会|村委会)?|村民委员会|居民委员会|村委会|居委会|经济合作社"
    r"|(?<![新农假渔])(?<!文化)(?<!影视)(?<!创意)(?<!大学)村(?![口头道路民里上镇乡庄社组公部委牧])(?:村?村民委员会|村?村委会|经济合作社)?|生活区)"
)
_WAY = (
    r"(?:路|大道|大街|(?<!大)街(?![道心区坊])|巷(?!子)|公路|国道|省道|县道|高速|高架|弄(?![口堂])|胡同|里弄|绿道"
    r"|(?<=[东西南北中])线|(?<=[东西南北])横|(?<=[\u4e00-\u9fff][\u4e00-\u9fff])(?<!地铁)(?<!高压)线$)"
)
_ROAD = re.compile(
    rf"(?:[GSXgsx]?\d{{1,4}}(?:号(?=大?街|路))?|[\u4e00-\u9fff]{{1,7}}?){_WAY}"
    rf"(?:[东南西北中](?=[0-9]|{_WAY}|$){_WAY}?|[东南西北]段)?"
)
_CROSS = re.compile(r"(?:与|和|跟|近|靠近|靠|同)(?=[\u4e00-\u9fff]{1,6}?(?:路|街|大道|巷|弄))")
_CROSSING = re.compile(r"(?:的)?(?:交叉路?口|交汇处|交界处?|交接处|十字路口|丁字路口|路口|转角|拐角)")
_OF_A_ROAD = re.compile(  # 文三路派出所 is a place of that name, not a place in that road
    r"派出所|小学|中学|幼儿园|[\u4e00-\u9fff]{0,2}支行|[\u4e00-\u9fff]{0,2}分店|店(?![面铺])|(?:地铁|公交|火车)?站|菜市?场|农贸市场|社区|大桥|桥|隧道|步行街|商业街|夜市|停车场|小区|新村|宿舍|市场"
)
_ASSIST = re.compile(
    r"(?:[东南西北]{1,2}角|[东南西北]门口|往[东南西北前](?:走|面)?|正?对面|斜对面|对过|对门|旁边?|旁侧|边上|边边|附近|隔壁|[东南西北]{1,2}[侧面边首]|[前后左右]面|[前后左右]边|后头|前头|背后|后门|门口|门前|楼下|楼上|口子上|路边|里边|转弯处|往[东西南北前](?:走)?|向[东西南北]|以[东南西北]|上头|下头|不远|沿线|沿街|一带|周边)"
)
_BEFORE_VILLAGE = ("", "devzone")
_BEFORE_COMMUNITY = (*_BEFORE_VILLAGE, "community")
_SIDES = frozenset("背东南西北往正斜对旁边附隔前后左右门楼口路里转向以上下不沿一周")
_HAS_SIDE = re.compile("[角边旁侧面首门近壁口头上下走线街带往向对以处远]")
_HAS_WAY = re.compile("[路道街巷速架弄同线横]")
_HAS_COMMUNITY = re.compile("[村居区社]")
_DEVZONE = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:经济技术开发区|经济开发区|高新技术产业开发区|高新技术开发区|高新开发区|高新区|开发区|保税区|工业园区|工业园|工业区|工业功能区|产业园区|产业集聚区|集聚区|旅游度假区|度假区|(?<=[\u4e00-\u9fff])新区(?![\u4e00-\u9fff]{0,1}$))"
)
_POI_END = re.compile(
    r"(?:小区|花园|花苑|家园|公寓|广场|大厦|市场|菜场|医院|学校|小学|中学|大学|学院|幼儿园|大楼|商城|商厦|宾馆|酒店|饭店|公园|车站|银行|超市|中心|别墅|家苑|佳苑|嘉苑|名苑|雅苑|新苑|新村|公馆|名邸|庄园|大院|科技园|产业园|创意园)"
)


def _words(text: str, start: int, end: int, village_at: Villages, named: list[Span]) -> None:
    at = start
    while at < end:
        gap = _GAP.match(text, at, end) if text[at] in _GAP_BEGINS else None
        if gap:
            at = gap.end()
            continue
        mark = _SPLIT.search(text, at, end)
        if mark and mark.start() == at:  # a blank of another script
            at = mark.end()
            continue
        at = _one(text, at, mark.start() if mark else end, village_at, named)


def _one(text: str, at: int, stop: int, village_at: Villages, named: list[Span]) -> int:
    """Name what begins at `at`; where it ends. What cannot be in the words is not tried."""
    words, last = text[at:stop], _last(named)
    return (
        (last == "road" and _crossing(text, at, stop, named))
        or (words[0] in _SIDES and _side(text, at, stop, named))
        or (("区" in words or "工业园" in words) and _zone(text, at, stop, named))
        or (last in _BEFORE_COMMUNITY and _HAS_COMMUNITY.search(words) and _community(text, at, stop, named))
        or (last in _BEFORE_VILLAGE and _village(text, at, stop, village_at, named))
        or (_HAS_WAY.search(words) and _road(text, at, stop, named))
        or _poi(text, at, stop, named)
    )


def _crossing(text: str, at: int, stop: int, named: list[Span]) -> int:
    crossing = _CROSSING.match(text, at, stop)
    if crossing:
        named.append(("intersection", at, crossing.end()))
        return crossing.end()
    joint = _CROSS.match(text, at, stop)
    return joint.end() if joint else 0


def _side(text: str, at: int, stop: int, named: list[Span]) -> int:
    side = _ASSIST.match(text, at, stop)
    if side is None or (not _last(named) and side.end() < stop):
        return 0
    named.append(("assist", at, side.end()))
    return side.end()


def _zone(text: str, at: int, stop: int, named: list[Span]) -> int:
    zone = _DEVZONE.match(text, at, stop)
    road = _ROAD.match(text, at, zone.end()) if zone else None
    if zone is None or (road and road.end() < zone.end()):
        return 0
    named.append(("devzone", at, zone.end()))
    return zone.end()


def _community(text: str, at: int, stop: int, named: list[Span]) -> int:
    found = _COMMUNITY.match(text, at, stop)
    if found is None:
        return 0
    end = found.end()
    road = _ROAD.match(text, at, end)
    if road and end - road.end() > 2:  # 中山北路江家村 is a road and a village, 塔下街社区 is one name
        return 0
    named.append(("community", at, end))
    return end


def _village(text: str, at: int, stop: int, village_at: Villages, named: list[Span]) -> int:
    """A village by its bare name, which only the table can tell."""
    village = village_at(text, at)
    if not village or village > stop or not _village_stands(text, village, stop):
        return 0
    named.append(("community", at, village))
    return village


def _road(text: str, at: int, stop: int, named: list[Span]) -> int:
    road = _ROAD.match(text, at, stop)
    if road is None or _OF_A_ROAD.match(text, road.end(), stop):
        return 0
    named.append(("road", at, road.end()))
    return road.end()


_NUMBER_NEXT = re.compile(rf"\s*[0-9{_CN}]")


def _village_stands(text: str, end: int, stop: int) -> bool:
    """A known village's bare name is one if a word of its own follows, or nothing but a number."""
    if end == stop:
        return text[end - 1] not in "路街巷弄" or not _NUMBER_NEXT.match(text, end)
    if RUNS_ON.match(text, end, stop):
        return False
    if NATURE.match(text, end, stop):
        road = _ROAD.match(text, end, stop)
        return road is not None and road.end() == stop and stop - end > 3 and text[end] in "湖江河溪山"
    return stop - end > 2


def _poi(text: str, at: int, stop: int, named: list[Span]) -> int:
    end = stop
    helper = _ASSIST.search(text, at + 1, stop) if _HAS_SIDE.search(text, at + 1, stop) else None
    if helper and helper.start() - at > 1:
        end = helper.start()
    while end - at > 1 and text[end - 1] in "的那":
        end -= 1
    kind = "subpoi" if _last(named) in ("poi", "subpoi") else "poi"
    for last in _POI_END.finditer(text, at, end):
        if end - last.end() >= 2 and not _POI_END.match(text, last.end(), end):
            named.append((kind, at, last.end()))
            return last.end()
    named.append((kind, at, end))
    return end
