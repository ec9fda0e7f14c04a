"""What is shown instead of a name, a number or an address until somebody looks on purpose, with a reason, on the record."""

import re

from .text import normalise

STAR = "*"
REST = "***"
FEWEST_HIDDEN = 4

COMPOUND_SURNAME = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|轩辕|宇文|长孙|端木|独孤|南宫|澹台|万俟|闻人|申屠|淳于"
    "|单于|太史|公冶|宗政|濮阳|钟离|鲜于|呼延|赫连|拓跋|西门|百里|第五|闾丘|亓官|司寇|子车|颛孙|巫马|公西|漆雕|乐正|壤驷"
    "|公良|夹谷|宰父|谷梁|段干|东郭|南门|羊舌|微生|梁丘|左丘|东门"
)

# Endings of organisations. Words of one letter only where no given name ends in them.
ORGANISATION = re.compile(
    r"(公司|集团|银行|支行|信用社|合作社|经营部|门市部|事务所|商行|超市|商场|市场|工厂|工作室|酒店|饭店|宾馆|餐厅"
    r"|学校|大学|学院|中学|小学|幼儿园|医院|卫生院|诊所|中心|管委会|委员会|业委会|村委会|居委会|调委会|协会|商会|工会"
    r"|基金会|办事处|派出所|司法所|法庭|法院|检察院|政府|街道|社区|[店厂局])(（.*）|\(.*\))?$"
)
SHORTEST_ORGANISATION = 4

UNSIGNED = "来信人（未署名）"  # the name that a letter without one is kept under

LANDLINE = re.compile(r"(?P<area>0[0-9]{2,3}-)(?P<local>[0-9]{7,8})")
NUMBER = re.compile(r"[A-Za-z]?\d|[零〇一二三四五六七八九十百]+(?=号|弄|幢|栋|座|单元|室|楼|层|组|队|户)")
VILLAGE = re.compile(r"社区|小区|(?:新村|村)(?![镇乡路街巷道])")
ROAD = re.compile(r".*(?:街道|大道|路|街|巷|弄|镇|乡|区|县|市|省)")


def name(text: str) -> str:
    """张*, 沈*兰, 欧阳**; an organisation's name is public and stays, and so does UNSIGNED, which is nobody's."""
    text = normalise(text)
    if is_organisation(text) or text == UNSIGNED:
        return text
    if text.isascii():
        return " ".join(word[0] + REST for word in text.split())
    if len(text) > 2 and COMPOUND_SURNAME.match(text):
        return text[:2] + STAR * (len(text) - 2)
    if "·" in text or len(text) < 3:
        return text[0] + STAR * max(len(text.partition("·")[0]) - 1, 1)
    return text[0] + STAR * (len(text) - 2) + text[-1]


def is_organisation(text: str) -> bool:
    """Whether this reads as the name of a body or a business rather than of a person."""
    return len(text) >= SHORTEST_ORGANISATION and bool(ORGANISATION.search(text))


def phone(text: str) -> str:
    """138****1234; a landline keeps its area code and last three digits."""
    text = normalise(text)
    if landline := LANDLINE.match(text):
        return landline["area"] + _ends(landline["local"], 0, 3)
    return _ends(text.replace("-", ""), 3, 4)


def id_number(text: str) -> str:
    """First three and last four of a citizen's number; less of a shorter one."""
    text = normalise(text)
    return _ends(text, 3, 4) if len(text) > 12 else _ends(text, 1, 2)


def card(text: str) -> str:
    """The last four digits; how many came before is not told."""
    digits = re.sub(r"[\s-]", "", normalise(text))
    return f"****{digits[-4:]}" if len(digits) > 8 else STAR * len(digits)


def address(text: str) -> str:
    """To the village or community where one is named, otherwise to the road; never a number: 飞英街道塔下街***."""
    text = normalise(text)
    number = NUMBER.search(text)
    head = text[: number.start()] if number else text
    if village := VILLAGE.search(head):
        head = head[: village.end()]
    elif road := ROAD.match(head):
        head = road.group()
    else:
        head = ""
    return text if head == text else head + REST


def _ends(text: str, first: int, last: int) -> str:
    """Shows the ends and hides at least four letters; of a text too short for that only the last quarter shows."""
    if len(text) - first - last < FEWEST_HIDDEN:
        first, last = 0, len(text) // 4
    return text[:first] + STAR * (len(text) - first - last) + text[len(text) - last :]
