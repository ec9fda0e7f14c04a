"""`./run evaluate address`: a line in, a line out, and a sentence for each line that cannot be read."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def evaluate(monkeypatch):
    def run(*lines: str | bytes, task: str = "address", **options) -> tuple[list[str], str]:
        given = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        out, err = io.StringIO(), io.StringIO()
        call_command("evaluate", task, stdout=out, stderr=err, **options)
        return out.getvalue().splitlines(), err.getvalue()

    return run


def test_every_line_is_answered_in_order(evaluate):
    answers, complaints = evaluate('{"id": "a", "address": "湖州吴兴区月河街道"}', '{"id": 2, "address": "文三路"}')
    first, second = (json.loads(line) for line in answers)
    assert list(first) == ["id", "prov", "city", "district", "town", "elements", "confidence"]
    assert (first["id"], first["district"], first["town"]) == ("a", "吴兴区", "月河街道")
    assert first["elements"][0] == {"label": "city", "text": "湖州", "start": 0}
    assert (second["id"], second["district"], second["confidence"]) == (2, "", 0.0)
    assert complaints == ""


@pytest.mark.parametrize("bad", ["xx", "[1]", '{"id": 1}', '{"id": 1, "address": 5}', '{"address": "湖州"}', b"\xff"])
def test_a_bad_line_is_told_with_its_number_and_abstained_from(evaluate, bad):
    answers, complaints = evaluate('{"id": "a", "address": "湖州"}', "", bad, '{"id": "c", "address": "湖州"}')
    assert [json.loads(line)["city"] for line in answers] == ["湖州市", "", "湖州市"]
    assert complaints.startswith("第 3 行：")
    assert complaints.count("行：") == 1


def test_a_missing_address_is_unknown_and_no_fault(evaluate):
    answers, complaints = evaluate('{"id": "a", "address": null}')
    assert json.loads(answers[0])["prov"] == ""
    assert complaints == ""


def test_the_answer_is_always_the_same(evaluate):
    line = '{"id": "a", "address": "江干区西湖边新桥镇3-2-501", "near": "330106"}'
    assert evaluate(line) == evaluate(line)


def test_figures_are_printed_for_lines_with_gold(evaluate):
    gold = {"prov": "浙江省", "city": "湖州市", "district": ["吴兴区"], "town": ""}
    out, _complaints = evaluate(json.dumps({"address": "吴兴区", "division": gold}), score=True)
    assert "addresses\t1" in out
    assert "county_exact\t1" in out
    with pytest.raises(CommandError, match="第 1 行不能计分"):
        evaluate('{"address": "吴兴区"}', score=True)


def test_other_tasks_are_refused_with_a_sentence(evaluate):
    with pytest.raises(CommandError, match="statutes 还不能评测"):
        evaluate(task="statutes")
    with pytest.raises(CommandError, match="没有 nothing 这个任务"):
        evaluate(task="nothing")
