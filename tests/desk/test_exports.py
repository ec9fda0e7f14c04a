"""A list as a file: the same rows, masked, harmless in a spreadsheet, on record."""

import csv
import io

import pytest
from openpyxl import load_workbook

from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from tests.world import a_category, a_party

pytestmark = pytest.mark.django_db


def as_csv(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_both_formats_hold_the_rows_of_the_list(town, at_desk):
    town.dispute(title="邻里的")
    town.dispute(title="劳动的", category=a_category("10", "劳动争议"))
    client = at_desk(town.clerk())
    address = f"/desk/export/?view=ours&category={a_category('10').pk}"
    rows = as_csv(client.post(address, {"format": "csv"}))
    assert [row[1] for row in rows] == ["事由", "劳动的"]
    answer = client.post(address, {"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [[cell.value or "" for cell in row] for row in sheet.rows] == rows


def test_people_are_masked_and_cells_cannot_run(town, at_desk):
    town.dispute(title="=HYPERLINK(1)", parties=[a_party(name="沈玉兰", phone="13905722045"), a_party("respondent")])
    answer = at_desk(town.clerk()).post("/desk/disputes/export/", {"format": "csv"})
    text = answer.content.decode()
    assert "沈*兰" in text
    assert "沈玉兰" not in text
    assert "13905722045" not in text
    assert as_csv(answer)[1][1] == "'=HYPERLINK(1)"


def test_nobody_exports_what_they_may_not_see(town, at_desk):
    town.dispute()
    assert len(as_csv(at_desk(town.clerk(town.other_branch)).post("/desk/disputes/export/", {"format": "csv"}))) == 1


def test_an_export_is_on_record_in_the_persons_own_chain(town, at_desk):
    town.dispute()
    clerk = town.clerk()
    at_desk(clerk).post("/desk/disputes/export/?state=open", {"format": "csv"})
    entry = Entry.objects.of("user", clerk.pk).get()
    assert entry.sentence == f"{clerk} 导出了 1 件纠纷的清单（全部纠纷，阶段：在办）。"
    assert list(verify()) == []


def test_a_get_exports_nothing_and_an_unknown_format_is_refused(town, at_desk):
    client = at_desk(town.clerk())
    assert client.get("/desk/export/").status_code == 405
    assert client.post("/desk/export/", {"format": "exe"}).status_code == 409


def test_too_many_rows_are_refused_with_what_to_do(town, at_desk, monkeypatch):
    monkeypatch.setattr("fengqiao.desk.exports.MOST", 1)
    town.dispute()
    town.dispute()
    answer = at_desk(town.clerk()).post("/desk/export/", {"format": "csv"})
    assert answer.status_code == 409
    assert "请加几个条件" in answer.content.decode()
    assert not Entry.objects.filter(kind="access.exported").exists()


def test_a_long_list_is_written_in_pieces(town, at_desk, monkeypatch):
    monkeypatch.setattr("fengqiao.desk.exports.CHUNK", 2)
    for n in range(5):
        town.dispute(title=f"第{n}件")
    rows = as_csv(at_desk(town.clerk()).post("/desk/export/", {"format": "csv"}))
    assert sorted(row[1] for row in rows[1:]) == [f"第{n}件" for n in range(5)]
