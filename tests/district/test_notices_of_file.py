"""The district's own words and hours for messages: read with file and line, loaded, exported again."""

from datetime import time
from io import StringIO

import pytest
from django.core.management import call_command

from fengqiao.district import reading
from fengqiao.district.problems import Broken
from fengqiao.notices.models import MessageText
from fengqiao.notices.quiet import Quiet, quiet_hours
from fengqiao.notices.texts import Book
from tests.district.folders import a_small_folder, change

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HEAD = "occasion,role,language,urgent,subject,words,source\n"
GOOD = "accepted,party,zh-hans,,,{office}接了{number}，{contact}。{link},示例\n"


@pytest.fixture
def folder(tmp_path):
    return a_small_folder(tmp_path)


def problems(folder) -> list[tuple[str, int]]:
    with pytest.raises(Broken) as broken:
        reading.read(str(folder))
    return [(one.file, one.line) for one in broken.value.problems]


def test_words_and_hours_are_loaded_and_exported_again(folder, tmp_path):
    (folder / "notices.csv").write_text(HEAD + GOOD + "rejected,party,zh-hans,,,,示例\n", encoding="utf-8")
    change(folder / "district.yaml", "notes:", 'messages:\n  quiet_from: "21:00"\n  quiet_until: "07:30"\n\nnotes:')
    call_command("load_district", str(folder), stdout=StringIO())
    book = Book.now()
    assert book.find("accepted", "applicant", "zh-hans").words == "{office}接了{number}，{contact}。{link}"
    assert book.find("rejected", "applicant", "zh-hans") is None
    assert quiet_hours() == Quiet(time(21), time(7, 30))
    call_command("export_district", str(tmp_path / "out"), stdout=StringIO())
    assert (tmp_path / "out" / "notices.csv").read_text(encoding="utf-8") == (folder / "notices.csv").read_text(
        encoding="utf-8"
    )
    told = StringIO()
    call_command("load_district", str(tmp_path / "out"), stdout=told)
    assert "No change" in told.getvalue()
    assert MessageText.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        "rejected,party,zh-hans,,,{facts}是这样的,示例",
        "rejected,party,zh-hans,,{name},x,示例",
        "rejected,party,zh-hans,1,,夜里也发,示例",
        "accepted,mediator,zh-hans,,,没有这样的事,示例",
        "nothing,party,zh-hans,,,x,示例",
        "rejected,neighbour,zh-hans,,,x,示例",
        "rejected,party,fr,,,x,示例",
        f"rejected,party,zh-hans,,,{'长' * 501},示例",
    ],
)
def test_what_is_wrong_is_told_with_its_line(folder, wrong):
    (folder / "notices.csv").write_text(f"{HEAD}{GOOD}{wrong}\n", encoding="utf-8")
    assert problems(folder) == [("notices.csv", 3)]


@pytest.mark.parametrize("wrong", ['quiet_from: "25:00"', 'quiet_from: "20:00"', "loud: 1"])
def test_hours_are_a_pair_of_times(folder, wrong):
    change(folder / "district.yaml", "notes:", f"messages:\n  {wrong}\n\nnotes:")
    assert {file for file, _line in problems(folder)} == {"district.yaml"}
