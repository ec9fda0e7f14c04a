"""What a typeset paper shows: everything it was given, on as many pages as it needs, as text that can be found again."""

import re
from typing import Any

import pytest

from fengqiao.papers.numerals import clause_number
from fengqiao.papers.typeset import FORMS, page_count, typeset, typeset_pictures

from .paper_data import CLAUSES, FRAME, RICH, SIGNERS
from .reading import pages_of, text_of

NAMES_ONLY = {"rights_notice", "minutes", "termination", "rejection", "extension_consent", "callback_record"}
"""Forms that name the parties without describing them."""

UNSIGNED_BY_COMMITTEE = {
    "application": {"date", "id_number"},
    "rights_notice": {"date"},
    "minutes": {"committee", "date"},
    "extension_consent": {"date"},
    "performance_proof": {"committee", "number"},
    "callback_record": {"committee", "date", "number"},
    "evidence_list": {"committee"},
    "dispatch_slip": {"committee", "date"},
    "cover": {"date"},
    "index": {"committee", "date"},
    "file_note": {"committee"},
    "back_cover": {"date"},
    "story": {"committee", "date"},
    "own_data": {"date"},
}
"""What the frame offers and a form has no place for."""


def _given(form: str) -> dict[str, Any]:
    """The data of the form that has to be readable on it as text (seals, pictures and codes are drawn)."""
    left_out = UNSIGNED_BY_COMMITTEE.get(form, set()) | {
        "verify_url",
        "seal",
        "source" if form == "intake_register" else "",
    }
    given = {key: value for key, value in RICH[form].items() if key not in left_out}
    if "signers" in given:
        given["signers"] = [{k: v for k, v in s.items() if k in ("role", "hint", "date")} for s in given["signers"]]
    if "parties" in given and form in NAMES_ONLY:
        given["parties"] = [p["name"] for p in given["parties"]]
    return given


def _strings(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [s for key, value in data.items() if (key, value) != ("kind", "organisation") for s in _strings(value)]
    if isinstance(data, list | tuple):
        return [s for item in data for s in _strings(item)]
    return [re.sub(r"\s", "", line) for line in data.splitlines()] if isinstance(data, str) else []


@pytest.mark.parametrize("form", FORMS)
def test_a_form_shows_all_it_was_given(form: str) -> None:
    printed = text_of(typeset(form, RICH[form]))
    assert [s for s in _strings(_given(form)) if s not in printed] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_form_prints_empty_to_be_filled_by_hand(form: str) -> None:
    pdf = typeset(form, {})
    assert page_count(pdf) in (1, 2)
    if form not in ("slip", "back_cover"):
        assert FORMS[form] in text_of(pdf)


def test_every_page_but_the_first_repeats_title_and_number_and_all_count_the_pages() -> None:
    minutes = RICH["minutes"] | {"statements": [{"who": "沈玉兰", "said": "水又漏下来了。" * 40}] * 70}
    pages = pages_of(typeset("minutes", minutes))
    assert len(pages) > 10
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页，共{len(pages)}页" in page
        assert "核对码7F3A-91C2-08DD" in page
        assert page.startswith("人民调解记录（2026）吴飞人调字第214号")


def test_minutes_of_fifty_pages_keep_every_word() -> None:
    statements = [
        {"who": "周建国", "said": f"第{i}点，" + "我的意见和上次一样，先把防水做好再谈赔偿。" * 12} for i in range(260)
    ]
    pdf = typeset("minutes", RICH["minutes"] | {"statements": statements})
    printed = text_of(pdf)
    assert page_count(pdf) >= 50
    assert [i for i in range(260) if f"第{i}点，我的意见" not in printed] == []


def test_clauses_carry_chinese_numerals() -> None:
    agreement = FRAME | {"clauses": [f"内容{n}。" for n in range(1, 121)]}
    printed = text_of(typeset("agreement", agreement))
    assert [n for n in range(1, 121) if f"{clause_number(n)}、内容{n}。" not in printed] == []


def test_without_seal_and_signatures_there_is_room_for_them() -> None:
    blank = {k: v for k, v in RICH["agreement"].items() if k != "seal"} | {
        "signers": [{"role": "甲方"}, {"role": "乙方"}]
    }
    printed = text_of(typeset("agreement", blank))
    assert "（盖章）" in printed
    assert printed.count("年月日") == 2


def test_a_sample_seal_says_so() -> None:
    agreement = RICH["agreement"]
    assert "样章" in text_of(typeset("agreement", agreement))
    assert "样章" not in text_of(typeset("agreement", agreement | {"seal": {"name": FRAME["committee"]}}))


def test_a_demo_paper_says_so_on_every_page() -> None:
    assert all("示例" in page for page in pages_of(typeset("agreement", RICH["agreement"])))
    assert "示例" not in text_of(typeset("agreement", RICH["agreement"] | {"demo": False}))


def test_the_slip_is_as_wide_as_its_roll_and_says_mediation_is_free() -> None:
    pdf = typeset("slip", RICH["slip"])
    assert page_count(pdf) == 1
    assert "人民调解不收费" in text_of(pdf)
    assert b"/MediaBox[0 0 164.40" in pdf  # 58 mm


def test_a_preview_has_the_pages_of_the_paper() -> None:
    pictures = typeset_pictures("agreement", RICH["agreement"], ppi=40)
    assert len(pictures) == page_count(typeset("agreement", RICH["agreement"]))
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


def test_twenty_signers_fit() -> None:
    agreement = RICH["agreement"] | {"signers": [SIGNERS[0] | {"role": f"甲方{n}"} for n in range(20)]}
    printed = text_of(typeset("agreement", agreement))
    assert [n for n in range(20) if f"甲方{n}（签名）" not in printed] == []
    assert CLAUSES[-1] in printed
