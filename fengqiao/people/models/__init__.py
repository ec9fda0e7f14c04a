"""Who there is, how they sign in, and who stands in for whom."""

from fengqiao.people.duty.models import Attendance, CallOut, Change, Shift, Sitting
from fengqiao.people.roster.models import RosterEntry, RosterRules, Serving

from .access import Access, Guard, Result, Way
from .account import ADMINISTRATORS, CASE_WORKERS, OVERSEERS, SYSTEM, Role, System, User
from .delegation import Delegation
from .factors import AuthenticatorApp, Passkey, RecoveryCode
from .role_change import RoleChange
from .sign_ins import SignIn

__all__ = [
    "ADMINISTRATORS",
    "CASE_WORKERS",
    "OVERSEERS",
    "SYSTEM",
    "Access",
    "Attendance",
    "AuthenticatorApp",
    "CallOut",
    "Change",
    "Delegation",
    "Guard",
    "Passkey",
    "RecoveryCode",
    "Result",
    "Role",
    "RoleChange",
    "RosterEntry",
    "RosterRules",
    "Serving",
    "Shift",
    "SignIn",
    "Sitting",
    "System",
    "User",
    "Way",
]
