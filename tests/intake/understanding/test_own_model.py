"""The district's own model gives a second opinion against a real server on this machine, or everything works without it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from fengqiao.config.environment import UnsafeSettings
from fengqiao.config.own_model import own_model as configured
from fengqiao.disputes import commands
from fengqiao.disputes.models import Channel, Dispute
from fengqiao.intake.models import TextOpinion
from fengqiao.intake.panels import reading_panel
from fengqiao.intake.understanding import arrivals, reading
from fengqiao.intake.understanding.own_model import HIDDEN, NotThere, Opinion, OwnModel, ask_for_opinions
from fengqiao.ledger.verify import verify
from fengqiao.people.models import Role
from tests.routing.town import Town
from tests.world import a_category, a_party, a_user

FACTS = "我叫沈玉兰，身份证330502196003151234，电话１３９ 0000 1234，卡号6222 0212 3456 7890。包工头欠我工资两万元，请帮我要回来。"
KEY = "a key that only the model knows"


class Model(ThreadingHTTPServer):
    """Speaks as chat completions do. `answers` are given instead, one after the other, as long as there are any."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[dict[str, Any]] = []
        self.answers: list[tuple[int, Any]] = []
        self.content: Any = '好的：```json\n{"kind": "L", "summary": "包工头拖欠工资两万元"}\n```'

    @property
    def port(self) -> dict[str, Any]:
        return {"url": f"http://127.0.0.1:{self.server_address[1]}/v1", "name": "qwen-county", "key": KEY, "timeout": 5}


class _Handler(BaseHTTPRequestHandler):
    server: Model

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body | {"path": self.path, "auth": self.headers["Authorization"]})
        status, told = 200, {"choices": [{"message": {"content": self.server.content}}]}
        if self.server.answers:
            status, told = self.server.answers.pop(0)
        answer = told if isinstance(told, bytes) else json.dumps(told).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def model() -> Iterator[Model]:
    server = Model()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def arrived(db, monkeypatch, model, settings) -> Dispute:
    """A letter that came in and was read; the model is set."""
    monkeypatch.setattr(reading, "meaning", lambda text: None)
    settings.OWN_MODEL = model.port
    return a_letter(Town())


def a_letter(town: Town, **kw: Any) -> Dispute:
    found = commands.register(
        title="来信", facts=FACTS, parties=[a_party(name="沈玉兰")], body=town.branch, channel=Channel.ONLINE,
        by=town.clerk(), **kw,
    )  # fmt: skip
    arrivals.read_arrivals()
    return found


def test_it_is_asked_once_and_its_words_are_shown_as_its_opinion(arrived, model, client):
    a_category("03", "劳动", crosswalk={"dispute16": ["L"]})
    assert ask_for_opinions() == 1
    assert ask_for_opinions() == 0
    opinion = arrived.text_opinions.get()
    assert (opinion.letter, opinion.summary, opinion.model) == ("L", "包工头拖欠工资两万元", "qwen-county")
    assert [str(one) for one in verify()] == []
    client.force_login(a_user(arrived.body, Role.DISPATCHER))
    page = client.get(f"/desk/disputes/{arrived.number}/").content.decode()
    assert "模型意见，仅供参考" in page
    assert "包工头拖欠工资两万元" in page
    arrived.refresh_from_db()
    assert (arrived.category, arrived.version) == (None, 1), "it sets nothing"


def test_what_leaves_the_machine_has_no_numbers_and_no_names(arrived, model):
    ask_for_opinions()
    (asked,) = model.asked
    sent = asked["messages"][1]["content"]
    assert sent == f"我叫沈*兰，身份证{HIDDEN}，电话{HIDDEN}，卡号{HIDDEN}。包工头欠我工资两万元，请帮我要回来。"
    assert (asked["path"], asked["auth"], asked["model"]) == ("/v1/chat/completions", f"Bearer {KEY}", "qwen-county")
    assert arrived.number not in json.dumps(asked, ensure_ascii=False)


def test_nothing_is_asked_where_none_is_set_and_never_of_a_restricted_matter(arrived, model, settings):
    Dispute.objects.filter(pk=arrived.pk).update(is_restricted=True)
    assert ask_for_opinions() == 0
    Dispute.objects.filter(pk=arrived.pk).update(is_restricted=False)
    settings.OWN_MODEL = {}
    assert ask_for_opinions() == 0
    assert model.asked == []


@pytest.mark.parametrize("status", [500, 503, 401, 404, 302])
def test_one_that_is_not_there_is_asked_again_later_and_the_reading_stands(arrived, model, status):
    model.answers.append((status, {}))
    assert ask_for_opinions() == 0
    assert not TextOpinion.objects.exists()
    assert reading_panel(arrived, a_user(arrived.body, Role.DISPATCHER))["opinion"] is None
    assert ask_for_opinions() == 1


def test_what_cannot_be_understood_is_no_opinion_and_not_asked_again(arrived, model):
    model.content = "作为一个模型，我认为这是 X 类"
    ask_for_opinions()
    assert reading_panel(arrived, a_user(arrived.body, Role.DISPATCHER))["opinion"] is None
    assert ask_for_opinions() == 0


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (200, b"<html>"),
        (200, []),
        (200, {"choices": []}),
        (200, {"choices": [{"message": {"content": None}}]}),
        (422, {}),
    ],
)
def test_odd_answers_are_none(model, status, told):
    model.answers.append((status, told))
    assert OwnModel(**model.port).read("工资") == Opinion("", "")


def test_a_kind_that_does_not_exist_is_left_out_and_a_long_summary_cut(model):
    model.content = json.dumps({"kind": "劳动", "summary": "长" * 500})
    assert OwnModel(**model.port).read("工资") == Opinion("", "长" * 120)


def test_where_nobody_listens_it_is_not_there(model):
    model.shutdown()
    model.server_close()
    with pytest.raises(NotThere):
        OwnModel(**model.port).read("工资")


def test_it_is_off_by_default_and_must_be_named_and_encrypted(monkeypatch):
    assert configured(production=True) == {}
    monkeypatch.setenv("READING_MODEL_URL", "http://model.example/v1/")
    with pytest.raises(UnsafeSettings):
        configured(production=False)
    monkeypatch.setenv("READING_MODEL_NAME", "qwen-county")
    assert configured(production=False) == {
        "url": "http://model.example/v1", "name": "qwen-county", "key": "", "timeout": 15,
    }  # fmt: skip
    with pytest.raises(UnsafeSettings):
        configured(production=True)
