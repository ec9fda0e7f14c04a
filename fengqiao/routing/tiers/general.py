"""The general ladder: five tiers for a district whose own ladder no source names. Loaded as data, marked as general."""

from typing import Any

from fengqiao.disputes.models import Difficulty, Leads

# Names without a county's own words (handbook 1.5 has those of one); the numbers of the limits are proposals.
GENERAL_LADDER: tuple[dict[str, Any], ...] = (
    {"key": "general-1", "rank": 1, "name": "首接单位即办", "lead": Leads.FIRST, "limit_key": "tier.spot"},
    {"key": "general-2", "rank": 2, "name": "承办单位内调", "lead": Leads.HANDLER, "limit_key": "tier.department"},
    {"key": "general-3", "rank": 3, "name": "多单位联调", "lead": Leads.SUPERIOR, "limit_key": "tier.joint",
     "difficulty": Difficulty.COMPLEX},
    {"key": "general-4", "rank": 4, "name": "中心牵头协调", "lead": Leads.CENTRE, "limit_key": "tier.centre"},
    {"key": "general-5", "rank": 5, "name": "领导包案督调", "lead": Leads.LEADER, "limit_key": "tier.leader",
     "difficulty": Difficulty.MAJOR},
)  # fmt: skip
