"""Whatever people type stands on the paper as they typed it; nothing in it runs, breaks the paper or hides."""

import datetime
import string
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pylopdf_fonts_zh_cn
import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from fengqiao.papers.glyphs import fitted
from fengqiao.papers.pictures import BadPicture, drawable_png
from fengqiao.papers.typeset import FORMS, FormMissing, page_count, typeset, typeset_pictures

from .paper_data import RICH, SIGNATURE
from .reading import text_of

MARKUP = (
    '#panic("ran")',
    '#import "/etc/passwd": *',
    '#read("agreement.typ")',
    "#[x]#{1+1}#sys.inputs",
    "$ sum_(i=1)^n x $",
    "*bold* _it_ `raw` ```code```",
    "@label <label> = heading",
    "- item + item / term: x",
    "// comment /* comment */",
    "\\u{41} \\ ~ -- --- ...",
    "\"quoted\" 'quoted'",
    ']]]))}}}";;//',
    "%PDF-1.7 endobj >> endstream",
    "</text><script>alert(1)</script>&lt;&amp;",
    "{{ data }} {% now %} ${HOME} `id`",
    "=1+1|calc",
)
ODD = (
    "\x00\x01\x07\x1b[31m\x7f",
    "\ud800 lone \udfff",
    "😀👨‍👩‍👧‍👦🇨🇳👍🏽",
    "𰻝𠮷龘䶮㐂㗎葛\U000e0100",
    "\u202e倒着读\u202c\u2066x\u2069\ufeff\u200b\u00ad",
    "سلام שלום नमस्ते ไทย བོད ᠮᠣᠩ",
    "e\u0301\u0302\u0303\u0304" * 20,
    "\ue000\uf8ff\U000f0000\uffff\U0010ffff",
    "\r\n\n\n\t\v\f\x85\u2028\u2029",
    "　\u00a0\u2003\u205f" * 50,
    "1" * 1500,
    "W" * 1500,
    "。，、；）」" * 200,
    "（「" * 300,
    "\u2060\u2061\u115f\u3164\uffa0",
)


def _with_every_string(data: Any, text: str) -> Any:
    if isinstance(data, dict):
        return {k: v if k in ("verify_url", "kind") else _with_every_string(v, text) for k, v in data.items()}
    if isinstance(data, list | tuple):
        return [_with_every_string(item, text) for item in data]
    return text if isinstance(data, str) else data


@pytest.mark.parametrize("form", FORMS)
def test_markup_in_any_field_is_printed_as_it_was_typed(form: str) -> None:
    text = "".join("".join(MARKUP).split())
    printed = text_of(typeset(form, _with_every_string(RICH[form], text) | {"title": "标题"}))
    assert text in printed


@pytest.mark.parametrize("form", FORMS)
def test_no_character_in_any_field_breaks_a_form(form: str) -> None:
    assert page_count(typeset(form, _with_every_string(RICH[form], "\n".join(ODD[:9])))) >= 1


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_no_odd_text_breaks_an_agreement(text: str) -> None:
    assert page_count(typeset("agreement", _with_every_string(RICH["agreement"], text))) >= 1


@settings(max_examples=12)
@given(st.text(max_size=200))
def test_no_text_at_all_breaks_an_agreement(text: str) -> None:
    data = {"facts": text, "clauses": [text], "parties": [{"name": text, "role": text}], "seal": {"name": text}}
    assert page_count(typeset("agreement", data | {"number": text, "title": text or "协议"})) >= 1


def test_a_character_no_font_has_is_printed_by_its_code() -> None:
    printed = text_of(typeset("agreement", {"facts": "他叫𠮷田，发来😡。"}))
    assert "他叫〔U+20BB7〕田，发来〔U+1F621〕。" in printed


def test_rare_characters_of_names_are_printed() -> None:
    assert "龘䶮㐂煊翀祎垚" in text_of(typeset("agreement", {"facts": "龘䶮㐂煊翀祎垚"}))


def test_direction_marks_cannot_turn_an_amount_round() -> None:
    assert fitted("赔偿\u202e0001\u202c元", frozenset(map(ord, "赔偿元" + string.digits))) == "赔偿0001元"


def test_long_runs_of_digits_break_instead_of_stretching_the_line() -> None:
    account = "6222021205001234567890123456789012345678901234567890"
    printed = text_of(typeset("agreement", {"facts": f"收款账号为{account}，户名沈玉兰。"}))
    assert account in printed


def test_a_text_of_a_megabyte_is_set() -> None:
    text = ("楼上漏水，楼下受损。" * 100 + "\n") * 340
    assert len(text.encode()) > 1_000_000
    assert page_count(typeset("minutes", {"result": text})) > 100


def test_the_same_data_give_the_same_bytes() -> None:
    when = datetime.datetime(2026, 11, 20, 9, 40, tzinfo=datetime.UTC)
    for form in FORMS:
        first = typeset(form, RICH[form], timestamp=when)
        typeset("slip", {"number": "别的"})
        assert typeset(form, RICH[form], timestamp=when) == first


def test_the_creation_date_is_the_given_one() -> None:
    when = datetime.datetime(2026, 11, 20, 9, 40, tzinfo=datetime.UTC)
    assert b"2026-11-20T09:40:00" in typeset("agreement", {}, timestamp=when)
    here = when.astimezone(ZoneInfo("Asia/Shanghai"))
    assert typeset("agreement", {}, timestamp=here) == typeset("agreement", {}, timestamp=when)
    assert b"2011-01-01T00:00:00" in typeset("agreement", {})


@pytest.mark.parametrize("form", FORMS)
def test_papers_are_pdf_a_2b(form: str) -> None:
    pdf = typeset(form, RICH[form])
    assert b"pdfaid:part>2<" in pdf
    assert b"pdfaid:conformance>B<" in pdf


@pytest.mark.parametrize("name", ["", "frame", "parts/seal", "../typeset", "agreement.typ", "/etc/passwd", "Agreement"])
def test_a_form_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(FormMissing):
        typeset(name, {})
    with pytest.raises(FormMissing):
        typeset_pictures(name, {})


def test_values_that_are_not_text_are_written_out() -> None:
    data = {"date": datetime.date(2026, 11, 2), "copies": 3, "version": None, "committee": "甲", "demo": False}
    printed = text_of(typeset("agreement", data))
    assert "2026年11月2日" in printed
    assert "一式3份" in printed
    assert "None" not in printed


def test_only_what_draws_of_a_picture_goes_into_the_paper() -> None:
    assert b"tEXt" in SIGNATURE
    assert b"tEXt" not in drawable_png(SIGNATURE)


@pytest.mark.parametrize(
    "picture",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        SIGNATURE[:-30],
        SIGNATURE[:60] + b"\xff" + SIGNATURE[61:],
        SIGNATURE[:8] + SIGNATURE[33:],
        SIGNATURE[:16] + (100_000).to_bytes(4) + SIGNATURE[20:29] + b"\0\0\0\0" + SIGNATURE[33:],
        SIGNATURE[:16]
        + (100_000).to_bytes(4)
        + SIGNATURE[20:29]
        + zlib.crc32(SIGNATURE[12:16] + (100_000).to_bytes(4) + SIGNATURE[20:29]).to_bytes(4)
        + SIGNATURE[33:],
    ],
    ids=["empty", "gif", "svg", "cut off", "damaged", "no header", "wrong checksum", "far too wide"],
)
def test_a_signature_that_is_no_png_is_refused(picture: bytes) -> None:
    with pytest.raises(BadPicture):
        typeset("agreement", {"signers": [{"role": "甲方", "image": picture}]})


def test_an_office_font_is_used_for_the_text(tmp_path: Path) -> None:
    renamed = pylopdf_fonts_zh_cn.sans_path().read_bytes()
    renamed = renamed.replace("Noto Sans SC".encode("utf-16-be"), "FangSong-GB1".encode("utf-16-be"))
    (tmp_path / "office.otf").write_bytes(renamed)
    (tmp_path / "readme.txt").write_text("no font")
    facts = {"facts": "楼上漏水。"}
    with override_settings(PAPER_FONTS=str(tmp_path)):
        with_office_font = typeset("agreement", facts)
    assert "楼上漏水" in text_of(with_office_font)
    assert b"NotoSansSC" in with_office_font
    assert b"NotoSansSC" not in typeset("agreement", facts)


def test_a_broken_office_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0\0\x09 cut off")
    with override_settings(PAPER_FONTS=str(tmp_path)), pytest.raises(ValueError, match=r"broken\.ttf"):
        typeset("agreement", {})


def test_many_threads_print_at_once() -> None:
    def printed(n: int) -> bytes:
        return typeset("agreement", RICH["agreement"] | {"number": f"第{n}号"})

    with ThreadPoolExecutor(8) as pool:
        at_once = list(pool.map(printed, range(24)))
    assert at_once == [printed(n) for n in range(24)]
