"""Form fields that check what people carry (phone, identity number, money, names), with the sentence beside the field."""

import re
from collections.abc import Callable
from typing import Any

from django import forms

from fengqiao.kernel.codes import check_id_number, check_phone
from fengqiao.kernel.errors import Refused
from fengqiao.kernel.money import parse_yuan
from fengqiao.kernel.text import normalise

BETWEEN_NAMES = re.compile(r"[、,，;；/\s]+")


class TextField(forms.CharField):
    """Text in one form: full-width letters made plain, invisible characters gone."""

    def to_python(self, value: Any) -> str:
        return normalise(super().to_python(value) or "")


class CheckedField(forms.CharField):
    """A text whose check is a function of the kernel; what it refuses stands beside the field."""

    check: Callable[[str], Any]

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return self.nothing()
        try:
            return type(self).check(text)
        except Refused as no:
            raise forms.ValidationError(str(no)) from no

    def nothing(self) -> Any:
        return ""


class PhoneField(CheckedField):
    """Cleans to the checked number."""

    check = staticmethod(check_phone)


class IdNumberField(CheckedField):
    """Cleans to the normalised number."""

    check = staticmethod(lambda text: check_id_number(text).normalized)


class YuanField(CheckedField):
    """Cleans to 分, or None."""

    check = staticmethod(parse_yuan)

    def nothing(self) -> None:
        return None


class NamesField(forms.CharField):
    """Several names in one line; cleans to a list."""

    def clean(self, value: Any) -> list[str]:
        return names_in(super().clean(value))


def names_in(text: str) -> list[str]:
    """沈玉兰、周建国 吴建芳: the names in a line, however they are set apart."""
    return [name for name in BETWEEN_NAMES.split(normalise(text)) if name]
