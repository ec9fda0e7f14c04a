"""What is said beside a field as soon as it is left: the number is right, this reads like an organisation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.kernel.codes import Sex, check_id_number, check_phone
from fengqiao.kernel.errors import Refused

from .drafts import looks_like_organisation


@dataclass(frozen=True)
class Hint:
    """`wrong` is drawn like an error."""

    field: str
    words: str = ""
    icon: str = ""
    wrong: bool = False


def hints_for(typed: Mapping[str, str]) -> list[Hint]:
    """One hint, maybe an empty one, for each field that has something to say."""
    return [_id_number(typed.get("id_number", "")), _phone(typed.get("phone", "")), _opponent(typed)]


def sound(check: Callable[[str], Any], text: str) -> str:
    """The checked form of a number, or nothing while it is not right yet."""
    try:
        found = check(text)
    except Refused:
        return ""
    return found if isinstance(found, str) else found.normalized


def _id_number(text: str) -> Hint:
    if not text.strip():
        return Hint("id_number")
    try:
        found = check_id_number(text)
    except Refused as no:
        return Hint("id_number", str(no), "alert-circle", wrong=True)
    today = timezone.localdate()
    age = today.year - found.born.year - ((today.month, today.day) < (found.born.month, found.born.day))
    sex = _("男") if found.sex == Sex.MALE else _("女")
    return Hint("id_number", _("校验位正确 · %(sex)s · %(age)d 岁") % {"sex": sex, "age": age}, "check")


def _phone(text: str) -> Hint:
    if not text.strip():
        return Hint("phone")
    try:
        check_phone(text)
    except Refused as no:
        return Hint("phone", str(no), "alert-circle", wrong=True)
    return Hint("phone")


def _opponent(typed: Mapping[str, str]) -> Hint:
    name = typed.get("opponent", "")
    if typed.get("opponent_kind") or not looks_like_organisation(name):
        return Hint("opponent")
    return Hint("opponent", _("像是单位；不是的话选“个人”"), "building")
