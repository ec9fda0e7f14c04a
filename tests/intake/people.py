"""What the tests of intake share: a clerk at work, a visitor's form, the ledger found whole."""

from typing import Any

from fengqiao.disputes.commands import PartyDraft
from fengqiao.disputes.models import PartyRole
from fengqiao.intake.drafts import ReceptionDraft
from fengqiao.ledger.verify import verify
from fengqiao.people.models import User
from tests.world import a_category, a_committee, a_region, a_user

ID = "330502196806151822"  # a woman, born on 15 June 1968; the check digit fits
STORY = "小区电梯三个月坏了七次，10月31日老伴被关在里面四十分钟。找物业说没钱修，又催我们交物业费。"


def a_clerk(**kw: Any) -> User:
    return a_user(kw.pop("body", None) or a_committee(a_region("330502001000", "飞英街道")), name="陈晓燕", **kw)


def a_draft(**kw: Any) -> ReceptionDraft:
    name, phone, opponent = kw.pop("name", "吴建芳"), kw.pop("phone", "13857219061"), kw.pop("opponent", "周建国")
    parties = [PartyDraft(role=PartyRole.APPLICANT, name=name, phone=phone, id_number=kw.pop("id_number", ""))]
    parties += [PartyDraft(role=PartyRole.RESPONDENT, name=opponent)] if opponent else []
    return ReceptionDraft(parties=kw.pop("parties", parties), facts=kw.pop("facts", STORY), **kw)


def a_filled_form(**kw: Any) -> dict[str, Any]:
    """What the clerk's browser sends."""
    a_category("14", "物业")
    filled = {
        "name": "吴建芳", "id_number": "", "phone": "13857219061", "opponent": "余家漾花园物业服务中心", "opponent_kind": "",
        "persons": "1", "representatives": "", "agent": "", "facts": STORY, "category": "", "demand": "修好电梯",
        "difficulty": "general", "amount": "", "place": "330502001000", "place_name": "飞英街道", "address": "余家漾花园12幢",
        "channel": "window",
    }  # fmt: skip
    return filled | kw


def assert_whole() -> None:
    """Every row stands as the ledger says it was written."""
    assert [str(finding) for finding in verify()] == []
