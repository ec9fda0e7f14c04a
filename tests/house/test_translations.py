"""The whole product can be switched to English: nothing that people read is left out."""

import re

import polib
import pytest

from tools.translations import CATALOGUE, messages


@pytest.fixture(scope="module")
def catalogue():
    return {(entry.msgid, entry.msgid_plural): entry for entry in polib.pofile(str(CATALOGUE))}


def test_every_message_is_in_the_catalogue(catalogue):
    missing = sorted(set(messages()) - set(catalogue))
    assert missing == [], "run: python tools/translations.py"


def test_every_message_is_translated(catalogue):
    assert [entry.msgid for entry in catalogue.values() if not entry.translated()] == []


def test_a_translation_keeps_the_places_that_are_filled_in(catalogue):
    for entry in catalogue.values():
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            wanted = _places(entry.msgid) | _places(entry.msgid_plural)
            assert not text or _places(text) <= wanted, entry.msgid
            assert entry.msgid_plural or _places(text) == _places(entry.msgid), entry.msgid


def test_no_chinese_is_left_in_the_english(catalogue):
    left = [
        entry.msgid
        for entry in catalogue.values()
        if re.search(r"[\u4e00-\u9fff]", entry.msgstr) and "《" not in entry.msgid
    ]
    allowed = {msgid for msgid in left if msgid in ("中文", "枫桥", "简体中文")}
    assert set(left) - allowed == set()


def _places(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text))
