"""What is kept of a signing act beside the picture: strokes, statements, clauses read, and how it was known who signs.

Source: 电子签名法 13: the data are the signer's own, under the signer's control, and later changes can be found.
"""

import base64
import binascii
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import dist
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from fengqiao.kernel.errors import Refused
from fengqiao.papers.pictures import BadPicture, drawable_png

from .models import How

LARGEST_PICTURE = 400_000  # bytes; a pad of a large tablet gives a tenth of it
LARGEST_STROKES = 400_000  # letters of JSON
FEWEST_POINTS, LEAST_INK = 8, 100.0  # pixels: less is a tick or a slip of the finger; the pad itself asks for more
PREFIX = "data:image/png;base64,"

# Source: 电子签名法 3
PERSONAL_STATUS = gettext_noop(
    "涉及婚姻、收养、继承等人身关系的文书不能用电子签名（电子签名法 3）。请打印出来当面签，再把签好的扫描传上来。"
)


class Statement(TextChoices):
    """What a signer ticks before signing."""

    VOLUNTARY = "voluntary", gettext_lazy("没有人逼我，是我自己愿意签的")
    BINDING = "binding", gettext_lazy("我知道签了就要照做")
    PRESIDED = "presided", gettext_lazy("我主持了调解，双方是在我面前自愿达成的")


OF_A_PARTY = (Statement.VOLUNTARY, Statement.BINDING)
OF_THE_MEDIATOR = (Statement.PRESIDED,)


class Identity(TextChoices):
    """How it was known who signs."""

    PHONE_TAIL = "phone_tail", gettext_lazy("链接发到本人，核对了手机后四位")
    PIN = "pin", gettext_lazy("核对了查询密码")
    IN_PERSON = "in_person", gettext_lazy("当面核对了证件")
    SIGNED_IN = "signed_in", gettext_lazy("本人账户登录")


@dataclass(frozen=True, kw_only=True)
class SigningEvidence:
    """`digest` is the text_sha256 that the signer was shown; `read_clauses` count from 1."""

    how: How
    digest: str
    image: bytes = b""
    strokes: list[Any] = field(default_factory=list)
    statements: Collection[str] = ()
    read_clauses: Collection[int] = ()
    identity: str = ""
    ip: str = ""
    user_agent: str = ""


def drawn(posted: Mapping[str, str], name: str = "signature") -> tuple[bytes, list[Any]]:
    """Picture and strokes as the signature pad posts them. Refused when there is no name to be seen."""
    picture, strokes = posted.get(name, ""), posted.get(f"{name}_strokes", "")
    if not picture:
        raise Refused(_("还没有签名，请在签名板上写您的名字。"))
    return checked_picture(_decoded(picture)), checked_strokes(_parsed(strokes))


def checked_picture(data: bytes) -> bytes:
    """The PNG with nothing but what draws. Refused when it is none, or too large."""
    if len(data) > LARGEST_PICTURE:
        raise Refused(_("签名图片太大，请重写一次。"))
    try:
        return drawable_png(data)
    except BadPicture as bad:
        raise Refused(_("签名没有传完整，请重写一次。")) from bad


def checked_strokes(strokes: list[Any]) -> list[Any]:
    """Refused when less was drawn than a name takes."""
    try:
        lines = [[(float(point["x"]), float(point["y"])) for point in stroke["points"]] for stroke in strokes]
    except (KeyError, TypeError, ValueError) as bad:
        raise Refused(_("签名没有传完整，请重写一次。")) from bad
    ink = sum(dist(one, other) for line in lines for one, other in pairwise(line))
    if sum(map(len, lines)) < FEWEST_POINTS or not ink >= LEAST_INK:
        raise Refused(_("签名太短了，请写全名。"))
    return strokes


def _decoded(picture: str) -> bytes:
    try:
        return base64.b64decode(picture.removeprefix(PREFIX), validate=True)
    except (ValueError, binascii.Error) as bad:
        raise Refused(_("签名没有传完整，请重写一次。")) from bad


def _parsed(strokes: str) -> list[Any]:
    try:
        parsed = json.loads(strokes) if len(strokes) <= LARGEST_STROKES else None
    except (ValueError, RecursionError):
        parsed = None
    if not isinstance(parsed, list):
        raise Refused(_("签名没有传完整，请重写一次。"))
    return parsed
