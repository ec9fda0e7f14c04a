"""What people do with an agreement, in the order of its life."""

from .drafting import circulate, draft, revise
from .links import make_link, open_link, send_reminder
from .numbers import void_number
from .oral import agree_orally
from .signing import refuse, sign, sign_on_paper

__all__ = [
    "agree_orally",
    "circulate",
    "draft",
    "make_link",
    "open_link",
    "refuse",
    "revise",
    "send_reminder",
    "sign",
    "sign_on_paper",
    "void_number",
]
