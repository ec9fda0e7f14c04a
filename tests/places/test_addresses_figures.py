"""How much is understood: the figures that must not fall."""

import json
from collections import Counter
from csv import DictReader
from itertools import count
from pathlib import Path

import pytest

from fengqiao.places.addresses.evaluation import score
from fengqiao.places.addresses.gazetteer import DATA, gazetteer
from tests.intake.shared import SHARED

SPOKEN = Path(__file__).with_name("spoken.jsonl")
WRITTEN = SHARED / "data" / "address_synth_dev.jsonl"


def rows_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_spoken_addresses_are_understood_to_the_county_and_the_town():
    figures = dict(score(rows_of(SPOKEN)))
    assert figures["county_exact"] >= 0.98
    assert figures["town_exact_where_stated"] >= 0.95
    assert figures["candidates_offered"] >= 0.95
    assert figures["division_invented"] == 0


def test_the_spoken_addresses_hold_what_people_say():
    rows = rows_of(SPOKEN)
    kinds = Counter(row["kind"] for row in rows)
    assert len({(row["address"], row.get("near")) for row in rows}) == len(rows) >= 300
    assert kinds["none"] >= 60
    assert min(kinds["historic"], kinds["ambiguous"], kinds["beyond"]) >= 30


def test_written_addresses_are_understood_to_the_last_element():
    if not WRITTEN.is_file():
        pytest.skip(f"no addresses at {WRITTEN}: set FENGQIAO_SHARED")
    figures = dict(score(rows_of(WRITTEN)))
    assert figures["county_exact"] >= 0.98
    assert figures["town_exact_where_stated"] >= 0.95
    assert figures["element_f1"] >= 0.97
    assert figures["division_invented"] == 0


def test_the_tables_stay_small_and_name_their_source():
    tables = sorted(DATA.glob("*.csv"))
    assert [table.name for table in tables] == [
        "divisions.csv",
        "everyday_names.csv",
        "former_names.csv",
        "villages.csv",
    ]
    assert sum(table.stat().st_size for table in tables) < 700_000
    for table in tables:
        assert table.read_text(encoding="utf-8").startswith("# ")


def test_every_former_name_says_what_it_was_checked_against():
    lines = (DATA / "former_names.csv").read_text(encoding="utf-8").splitlines()
    rows = list(DictReader(line for line in lines if not line.startswith("#")))
    assert all(row["source"] for row in rows)
    assert {row["name"] for row in rows if row["source"].startswith("not checked")} == {
        "秀城区",
        "卢湾区",
        "白下区",
        "嵊县",
        "崇德县",
        "丽水县",
        "嘉兴县",
    }
    assert all(code in gazetteer().names for row in rows for code in row["successors"].split())


def test_figures_count_what_was_right_and_what_was_invented():
    rows = [
        {
            "address": "湖州吴兴区月河街道",
            "division": _gold("浙江省", "湖州市", ["吴兴区"], "月河街道"),
            "elements": [],
        },
        {"address": "湖州吴兴区月河街道", "division": _gold("浙江省", "湖州市", ["南浔区"], "")},
        {"address": "湖州", "division": _gold("", "", [], "")},
        {"address": "新桥镇", "division": _gold("", "", [""], ""), "candidates": ["330225"]},
    ]
    ticks = count(0, 2)
    figures = dict(score(rows, clock=lambda: next(ticks)))
    assert figures["addresses"] == 4
    assert figures["county_exact"] == 0.5
    assert figures["town_exact_where_stated"] == 1
    assert (figures["division_invented"], figures["town_invented"]) == (1, 1)
    assert figures["candidates_offered"] == 1
    assert figures["element_f1"] == 0
    assert figures["addresses_per_cpu_second"] == 2


def _gold(prov: str, city: str, district: list[str], town: str) -> dict:
    return {"prov": prov, "city": city, "district": district, "town": town}
