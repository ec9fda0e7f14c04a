"""What supervision stores."""

from .conferences import Answer, Conference, ConferenceState, ConferenceTask, Seat
from .incidents import Incident, IncidentReport, IncidentState, PlanRun, PlanTick, Receipt
from .leading import LeaderCase, Progress
from .orders import Order, OrderAnswer, OrderKind, OrderState, Verdict
from .rules import PlanStep, SeatKind, Threshold
from .watching import (
    Carried,
    Clearing,
    ClearingLine,
    Conclusion,
    Lapse,
    LapseKind,
    LapseState,
    MonthlyReview,
)

__all__ = [
    "Answer",
    "Carried",
    "Clearing",
    "ClearingLine",
    "Conclusion",
    "Conference",
    "ConferenceState",
    "ConferenceTask",
    "Incident",
    "IncidentReport",
    "IncidentState",
    "Lapse",
    "LapseKind",
    "LapseState",
    "LeaderCase",
    "MonthlyReview",
    "Order",
    "OrderAnswer",
    "OrderKind",
    "OrderState",
    "PlanRun",
    "PlanStep",
    "PlanTick",
    "Progress",
    "Receipt",
    "Seat",
    "SeatKind",
    "Threshold",
    "Verdict",
]
