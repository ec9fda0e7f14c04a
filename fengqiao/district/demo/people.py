"""Invented people for the stories: names, numbers of an area that does not exist, telephones of no network."""

from datetime import date

from fengqiao.disputes.commands import PartyDraft
from fengqiao.disputes.models import PartyKind, PartyRole
from fengqiao.kernel.codes import ID_CHECKS, ID_WEIGHTS

AREA = "330599"  # no county has this code, so the number is nobody's
EXCHANGE = "1990000"


def applicant(name: str, born: str = "", *, home: str = "", tail: str = "", **more: object) -> PartyDraft:
    """Somebody who asks. `born` reads 1959-02-03 女; `tail` are the last four digits of the telephone."""
    return _person(PartyRole.APPLICANT, name, born, home, tail, **more)


def respondent(name: str, born: str = "", *, home: str = "", tail: str = "", **more: object) -> PartyDraft:
    """Somebody who is asked for something."""
    return _person(PartyRole.RESPONDENT, name, born, home, tail, **more)


def company(name: str, *, tail: str = "", represented_by: str = "", home: str = "") -> PartyDraft:
    """An organisation that is asked for something."""
    return PartyDraft(
        role=PartyRole.RESPONDENT, kind=PartyKind.ORGANISATION, name=name, phone=telephone(tail), home=home,
        representative=represented_by,
    )  # fmt: skip


def telephone(tail: str) -> str:
    return EXCHANGE + tail if tail else ""


def identity(born: date, sex: str, name: str) -> str:
    """An identity number of the right shape. The sequence follows from the name; its last digit is odd for a man."""
    order = sum(map(ord, name)) % 90 * 10 + 100
    sequence = order + (1 if sex == "男" else 2)
    number = f"{AREA}{born:%Y%m%d}{sequence:03}"
    total = sum(int(digit) * weight for digit, weight in zip(number, ID_WEIGHTS, strict=True))
    return number + ID_CHECKS[total % 11]


def _person(role: PartyRole, name: str, born: str, home: str, tail: str, **more: object) -> PartyDraft:
    known: dict[str, object] = {"role": role, "name": name, "home": home, "phone": telephone(tail), **more}
    if born:
        day, sex = born.split()
        known |= {"born_on": date.fromisoformat(day), "sex": sex, "ethnicity": "汉族"}
        known["id_number"] = identity(date.fromisoformat(day), sex, name)
    return PartyDraft(**known)  # type: ignore[arg-type]
