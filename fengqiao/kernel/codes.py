"""Numbers that people carry: identity, credit code, telephone. Each is put into one form and checked, with a sentence."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from .calendar import TZ
from .errors import Refused

ID_LENGTH, OLD_ID_LENGTH = 18, 15
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
# First two digits: the provinces, and 81, 82, 83 of the residence permits for Hong Kong, Macao and Taiwan people.
PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
FIRST_BIRTH_YEAR = 1880

CREDIT_LENGTH = 18
CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
BODY_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

MOBILE_LENGTH = 11
LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))(\d{7,8})")
SERVICE_LINE = re.compile(r"[48]00\d{7}")
EXTENSION = re.compile(r"(.*\d)\s*(?:转|分机|#|ext\.?)\s*(\d{1,6})", re.IGNORECASE)

HUMAN_LETTERS = 12


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True)
class IdNumber:
    sex: Sex
    born: date
    normalized: str


@dataclass(frozen=True)
class CreditCode:
    normalized: str
    warning: str = ""


def check_id_number(text: str) -> IdNumber:
    """A citizen's or residence-permit number of 18 places (GB 11643). Raises Refused with what is wrong."""
    number = _compact(text)
    if not number:
        raise Refused(_("请填写身份证号。"))
    if len(number) == OLD_ID_LENGTH and _is_digits(number):
        raise Refused(_("这是旧的 15 位身份证号，已经停用。请填写现在证件上的 18 位号码。"))
    if not re.fullmatch(r"[0-9]+X?", number):
        raise Refused(_("身份证号只能有数字，最后一位可以是 X，请核对。"))
    _refuse_length(number, ID_LENGTH, _("身份证号"))
    if not PROVINCES.match(number):
        raise Refused(_("身份证号开头的“%(area)s”不是地区代码，请核对。") % {"area": number[:2]})
    born = _born(number)
    if _id_check(number) != number[-1]:
        raise Refused(_("身份证号的校验位对不上，可能有一位写错了，请逐位核对。"))
    return IdNumber(Sex.MALE if int(number[-2]) % 2 else Sex.FEMALE, born, number)


def check_credit_code(text: str) -> CreditCode:
    """A unified social credit code (GB 32100). Never refuses: some early codes fail the check, so it only warns."""
    code = _compact(text)
    strange = sorted(set(code) - set(CREDIT_LETTERS))
    if strange:
        return CreditCode(code, _("统一社会信用代码里不该有“%(letter)s”，请核对。") % {"letter": strange[0]})
    if code and len(code) != CREDIT_LENGTH:
        return CreditCode(code, _length_sentence(code, CREDIT_LENGTH, _("统一社会信用代码")))
    if code and (_credit_check(code) != code[-1] or _body_check(code[8:16]) != code[16]):
        return CreditCode(code, _("统一社会信用代码的校验位对不上，请核对证照；确实如此也可以保存。"))
    return CreditCode(code)


def check_phone(text: str) -> str:
    """13812345678, or 0572-2038888, or with an extension 0572-2038888-12. Raises Refused with what is wrong."""
    text = unicodedata.normalize("NFKC", text).strip()
    with_extension = EXTENSION.fullmatch(text)
    main, extension = with_extension.groups() if with_extension else (text, "")
    number = _without_country(re.sub(r"[\s().–—-]", "", main))
    if not number:
        raise Refused(_("请填写电话号码。"))
    if not _is_digits(number):
        raise Refused(_("电话号码只能有数字，请核对。"))
    if landline := LANDLINE.fullmatch(number):
        return "-".join(filter(None, (*landline.groups(), extension)))
    if SERVICE_LINE.fullmatch(number):
        return number
    _refuse_no_mobile(number)
    return number


def human_code(data: bytes) -> str:
    """A short code by which people compare a paper with its record: 7F3A-91C2-08DD, from a digest of the data."""
    return _grouped(hashlib.sha256(data).hexdigest()[:HUMAN_LETTERS])


def read_human_code(text: str) -> str:
    """What somebody typed from a paper, in the form of `human_code`. Raises Refused when it cannot be one."""
    code = _compact(text).replace("O", "0")
    if not re.fullmatch(r"[0-9A-F]{12}", code):
        raise Refused(_("核对码是 12 位数字和字母 A 到 F，例如 7F3A-91C2-08DD，请核对。"))
    return _grouped(code)


def _compact(text: str) -> str:
    return re.sub(r"[\s·.-]", "", unicodedata.normalize("NFKC", text)).upper()


def _grouped(code: str) -> str:
    return "-".join(code[i : i + 4] for i in range(0, HUMAN_LETTERS, 4)).upper()


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _length_sentence(text: str, length: int, what: str) -> str:
    missing = length - len(text)
    shape = (
        _("少了 %(n)d 位，%(what)s应是 %(length)d 位。")
        if missing > 0
        else _("多了 %(n)d 位，%(what)s应是 %(length)d 位。")
    )
    return shape % {"n": abs(missing), "what": what, "length": length}


def _refuse_length(text: str, length: int, what: str) -> None:
    if len(text) != length:
        raise Refused(_length_sentence(text, length, what))


def _without_country(number: str) -> str:
    """Without +86; abroad an area code is written without its 0."""
    home = re.sub(r"^(\+86|0086|86(?=1[0-9]{10}$))", "", number)
    return home if home == number or re.match(r"0|1[3-9]", home) else "0" + home


def _refuse_no_mobile(number: str) -> None:
    if number.startswith("0"):
        raise Refused(_("座机号应是区号加 7 或 8 位号码，例如 0572-2038888，请核对。"))
    if not number.startswith("1") and len(number) in (7, 8):
        raise Refused(_("座机号前面请加区号，例如 0572-2038888。"))
    _refuse_length(number, MOBILE_LENGTH, _("手机号"))
    if not re.fullmatch(r"1[3-9][0-9]{9}", number):
        raise Refused(_("手机号应以 13 到 19 开头，请核对。"))


def _born(number: str) -> date:
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    try:
        born = date(year, month, day)
    except ValueError:
        born = None
    if born is None or not date(FIRST_BIRTH_YEAR, 1, 1) <= born <= datetime.now(TZ).date():
        raise Refused(
            _("身份证号里的出生日期 %(born)s 不对，请核对第 7 到 14 位。")
            % {"born": f"{year:04d}-{month:02d}-{day:02d}"}
        )
    return born


def _id_check(number: str) -> str:
    return ID_CHECKS[sum(int(digit) * weight for digit, weight in zip(number[:17], ID_WEIGHTS, strict=True)) % 11]


def _credit_check(code: str) -> str:
    total = sum(CREDIT_LETTERS.index(c) * weight for c, weight in zip(code[:17], CREDIT_WEIGHTS, strict=True))
    return CREDIT_LETTERS[-total % 31]


def _body_check(code: str) -> str:
    """GB 11714: the check letter of the body's own nine places inside a credit code."""
    total = sum(BODY_LETTERS.index(c) * weight for c, weight in zip(code, BODY_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]
