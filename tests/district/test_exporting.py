"""What was loaded can be written as a folder again: the same rows, which load without a change."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from fengqiao.bodies.models import Body, Window
from fengqiao.district import reading
from fengqiao.district.rules_file import written
from fengqiao.district.schema import TABLES
from fengqiao.routing.rules.book import Rule, Span
from fengqiao.routing.rules.books import in_force
from fengqiao.routing.rules.derived import ladder
from tests.routing.books import drafted, published

pytestmark = pytest.mark.django_db

FIVE = ("xihu", "wuxing", "binjiang", "jiangbei", "putuo")


def load(folder) -> str:
    told = StringIO()
    call_command("load_district", str(folder), stdout=told)
    return told.getvalue()


def export(folder) -> None:
    call_command("export_district", str(folder), stdout=StringIO())


def told(folder) -> dict:
    """Every row of every file by its key, whatever their order."""
    district = reading.read(str(folder))
    rows = {
        table.file: {tuple(row[name] for name in table.key): row.values for row in district[table]} for table in TABLES
    }
    return {"head": district.head, **rows}


@pytest.mark.once
@pytest.mark.parametrize("name", FIVE)
def test_load_export_load_is_identical(name, tmp_path):
    load(name)
    export(tmp_path / "first")
    assert told(tmp_path / "first") == told(name)
    assert "No change" in load(tmp_path / "first")
    export(tmp_path / "second")
    for file in sorted((tmp_path / "first").iterdir()):
        assert file.read_bytes() == (tmp_path / "second" / file.name).read_bytes(), file.name


def test_what_was_made_here_has_our_own_source(tmp_path):
    load("wuxing")
    Window.objects.create(body=Body.objects.root(), key="window-own", name="涉企窗口", kind="specialist_window")
    export(tmp_path / "out")
    window = told(tmp_path / "out")["windows.csv"][("window-own",)]
    assert (window["name"], window["source"]) == ("涉企窗口", "本区")


@pytest.mark.once
def test_rules_that_were_published_here_come_back_as_they_are(tmp_path):
    load("wuxing")
    rules = [
        Rule(1, to="village", difficulty="general", people=Span(None, 2), amount=Span(None, 1_000_000), reason="小事", is_fast=True),
        Rule(2, ("mdc-consumer", "mdc-labour"), category="10", channel="12345", reason="两家并列"),
        Rule(3, ("branch-yuehe",), place="330502001000", reason="本地", item="41"), *(replace(one, rank=4) for one in ladder()),
    ]  # fmt: skip
    published(drafted(rules))
    export(tmp_path / "first")
    assert "No change" in load(tmp_path / "first")
    assert written(reading.read(str(tmp_path / "first"))) == in_force().rules
    assert told(tmp_path / "first")["rules.csv"][(2, "10", "", "", "12345", "", "")]["body"] == [
        "mdc-consumer",
        "mdc-labour",
    ]


def test_nothing_is_written_over(tmp_path):
    load("wuxing")
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(CommandError, match="已经有东西"):
        export(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_without_a_district_there_is_nothing_to_export(tmp_path):
    with pytest.raises(CommandError, match="还没有载入"):
        export(tmp_path / "out")
