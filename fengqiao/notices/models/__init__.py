"""What notices store: what somebody finds in their inbox, what went out to whom, in which words, and who wants what."""

from .message import Attempt, Channel, Message, Outcome, State, Why
from .notice import Notice, NoticeQuerySet
from .wishes import Choice, Digest, MessageRules, MessageText, Preference, Reach

__all__ = [
    "Attempt",
    "Channel",
    "Choice",
    "Digest",
    "Message",
    "MessageRules",
    "MessageText",
    "Notice",
    "NoticeQuerySet",
    "Outcome",
    "Preference",
    "Reach",
    "State",
    "Why",
]
