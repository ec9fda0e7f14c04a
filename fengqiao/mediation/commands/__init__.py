"""The changes that mediation makes, in the order of the work."""

from .choosing import answer_invitation, answer_pick, invite, pick
from .course import Consent, extend, fail, resume, suspend, withdraw
from .people import assign, inform_rights, record_willingness
from .sessions import cancel_session, correct_minutes, hold, schedule

__all__ = [
    "Consent",
    "answer_invitation",
    "answer_pick",
    "assign",
    "cancel_session",
    "correct_minutes",
    "extend",
    "fail",
    "hold",
    "inform_rights",
    "invite",
    "pick",
    "record_willingness",
    "resume",
    "schedule",
    "suspend",
    "withdraw",
]
