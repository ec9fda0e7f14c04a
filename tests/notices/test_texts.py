"""The words of messages: only fields of the list, counted as they are charged, the district's before the built-in ones."""

from datetime import datetime, time

import pytest
from django.utils import timezone

from fengqiao.kernel.errors import Refused
from fengqiao.notices import texts
from fengqiao.notices.listing import OCCASIONS, ROLES
from fengqiao.notices.models import MessageText
from fengqiao.notices.occasions import RESIDENTS, STAFF
from fengqiao.notices.quiet import Quiet
from fengqiao.notices.sending import back_off, plain
from fengqiao.reactions import REACTIONS


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("好" * 70, 1),
        ("好" * 71, 2),
        ("好" * 134, 2),
        ("好" * 135, 3),
        ("a" * 70, 1),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("", 1),
    ],
)
def test_an_sms_has_seventy_letters_and_each_of_several_sixty_seven(words, parts):
    assert texts.parts_of(words) == parts


@pytest.mark.parametrize(
    "wrong", ["{facts}", "{number.facts}", "{number!r}", "{number:>9}", "{}", "{0}", "{number", "number}"]
)
def test_an_unknown_field_is_refused(wrong):
    with pytest.raises(Refused):
        texts.checked(wrong)


def test_the_built_in_words_are_whole_in_both_languages():
    spoken = {(occasion, role) for occasion, role, language in texts.built_in() if language == "zh-hans"}
    assert spoken == {(occasion, role) for occasion, role, language in texts.built_in() if language == "en"}
    assert {occasion for occasion, _role in spoken} == set(OCCASIONS)
    assert set(texts.ROLES) == set(ROLES)
    for text in texts.built_in().values():
        assert text.words and text.subject
        assert "title" not in text.words or text.role not in texts.PARTY_ROLES, (
            "residents are told no more than a number"
        )


def test_built_in_words_to_residents_fit_two_sms():
    facts = dict.fromkeys(texts.FIELDS, "")
    facts |= {
        "number": "2026-3187", "office": "月河街道分中心", "contact": "请打 0572-2038888", "when": "11月23日 周一 17:00",
        "link": "https://fq.example.gov.cn/my/", "code": "查询码 12345678，密码在小票上。",
    }  # fmt: skip
    long = {
        text.occasion: texts.parts_of(text.said(facts)[1])
        for text in texts.built_in().values()
        if text.language == "zh-hans"
    }
    assert {occasion: n for occasion, n in long.items() if n > 2} == {}


def test_every_occasion_of_residents_is_wired():
    kinds = {event.kind: [listener.__name__ for listener in listeners] for event, listeners in REACTIONS.items()}
    assert [kind for kind in RESIDENTS if "tell_parties" not in kinds.get(kind, ())] == []
    assert set(STAFF.values()) <= set(OCCASIONS)


@pytest.mark.django_db
@pytest.mark.once
def test_the_district_has_the_last_word_and_may_keep_silent():
    MessageText.objects.create(occasion="accepted", role="party", language="zh-hans", words="接了，{number}")
    MessageText.objects.create(occasion="rejected", role="applicant", language="zh-hans", words="")
    book = texts.Book.now()
    assert book.find("accepted", "applicant", "zh-hans").words == "接了，{number}"
    assert book.find("accepted", "applicant", "en").words.startswith("{office} took")
    assert book.find("rejected", "applicant", "zh-hans") is None
    assert book.find("rejected", "respondent", "zh-hans") is not None
    assert book.find("accepted", "party", "zh-hans").version != texts.built_in()["accepted", "party", "zh-hans"].version


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (Quiet(), "2026-11-23 19:59", None),
        (Quiet(), "2026-11-23 20:00", "2026-11-24 08:00"),
        (Quiet(), "2026-11-24 00:00", "2026-11-24 08:00"),
        (Quiet(), "2026-11-24 07:59", "2026-11-24 08:00"),
        (Quiet(), "2026-11-24 08:00", None),
        (Quiet(time(12), time(14)), "2026-11-24 13:00", "2026-11-24 14:00"),
        (Quiet(time(8), time(8)), "2026-11-24 08:00", None),
    ],
)
def test_what_falls_into_the_night_waits_for_the_morning(quiet, now, until):
    def at(text):
        return timezone.make_aware(datetime.fromisoformat(text)) if text else None

    assert quiet.until(at(now)) == at(until)


def test_waiting_doubles_up_to_the_cap(settings):
    settings.MESSAGE_RETRY_SECONDS, settings.MESSAGE_RETRY_CAP_SECONDS = 60, 1000
    assert [back_off(n).total_seconds() for n in (1, 2, 3, 4, 5, 6)] == [60, 120, 240, 480, 960, 1000]


def test_what_a_port_says_is_kept_without_numbers():
    assert plain("13957221234 refused, ask a@b.cn") == "… refused, ask …"
