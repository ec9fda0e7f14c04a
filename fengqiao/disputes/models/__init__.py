"""What the core stores."""

from fengqiao.disputes.limits import LimitRule
from fengqiao.disputes.warning_steps import WarningStep

from .access import Pass
from .calendar import CalendarYear, Recount
from .clock import Clock, Extension, Pause, last_day_of
from .consulted import Consulted
from .dispute import (
    Assist,
    AssistAnswer,
    Category,
    Channel,
    Difficulty,
    Dispute,
    Opening,
    Party,
    PartyKind,
    PartyRole,
    Risk,
    Willing,
    in_order,
)
from .joint import Attendance, JointTask, Outcome
from .named import NamedPerson
from .obligation import Obligation, ObligationState
from .tier import Came, Leads, Tier, TierStay

__all__ = [
    "Assist",
    "AssistAnswer",
    "Attendance",
    "CalendarYear",
    "Came",
    "Category",
    "Channel",
    "Clock",
    "Consulted",
    "Difficulty",
    "Dispute",
    "Extension",
    "JointTask",
    "Leads",
    "LimitRule",
    "NamedPerson",
    "Obligation",
    "ObligationState",
    "Opening",
    "Outcome",
    "Party",
    "PartyKind",
    "PartyRole",
    "Pass",
    "Pause",
    "Recount",
    "Risk",
    "Tier",
    "TierStay",
    "WarningStep",
    "Willing",
    "in_order",
    "last_day_of",
]
