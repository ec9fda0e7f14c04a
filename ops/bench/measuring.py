"""Measure over HTTP, as a browser or a machine would call: one client for pages, eight for registrations."""

import http.client
import json
import random
import re
import threading
import time
import urllib.parse
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ops.bench.seeding_facts import Facts
from ops.bench.words import a_matter, a_name

HOST = "127.0.0.1"
MET = ("电话一致", "对方相同", "说的像同一件事")  # what asking for a matter that is there must be answered with


@dataclass(frozen=True)
class Figure:
    """One row of the report: milliseconds unless `unit` says otherwise."""

    what: str
    n: int
    p50: float
    p95: float
    unit: str = "ms"


class Client:
    """One person's browser: keeps its connection and its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection(HOST, port, timeout=60)
        self.cookies: dict[str, str] = {}

    def send(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, bytes]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, {"Host": "localhost", "Cookie": cookie, **headers})
        try:
            answer = self.connection.getresponse()
        except http.client.RemoteDisconnected:  # it waited too long for its turn; a browser would open another, too
            self.connection.request(method, path, body, {"Host": "localhost", "Cookie": cookie, **headers})
            answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                pair = value.split(";", 1)[0].split("=", 1)
                self.cookies[pair[0]] = pair[1]
        return answer.status, answer.read()

    def post_form(self, path: str, fields: dict[str, str]) -> int:
        """Fill in the form at this address and send it."""
        _status, page = self.send("GET", path)
        hidden = re.findall(r'name="(csrfmiddlewaretoken|form_key)"[^>]*value="([^"]+)"', page.decode())
        body = urllib.parse.urlencode({**dict(hidden), **fields})
        status, _page = self.send("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})
        return status


def pages(port: int, facts: Facts, password: str, n: int) -> list[Figure]:
    """Every page the issue names, by the person who opens it."""
    manager, town, leader, resident = Client(port), Client(port), Client(port), Client(port)
    for client, name in ((manager, facts.manager), (town, facts.town), (leader, facts.leader)):
        if client.post_form("/login/", {"username": name, "password": password}) not in (302, 303):
            raise RuntimeError(f"{name} could not sign in")
    if resident.post_form("/follow/", {"code": facts.code, "pin": facts.pin}) not in (302, 303):
        raise RuntimeError("the pass did not open")
    search = "/desk/search/?q="
    opened = [
        ("worklist, county manager", manager, "/desk/"),
        ("worklist, town dispatcher", town, "/desk/"),
        ("oversight board, county manager", manager, "/desk/oversight/"),
        ("oversight board, leader", leader, "/desk/oversight/"),
        ("oversight, what is late", leader, "/desk/oversight/late/"),
        ("calendar of the region", leader, "/desk/calendar/?scope=area"),
        ("figures of the year", manager, "/desk/figures/"),
        ("all disputes", manager, "/desk/disputes/"),
        ("dispute page", manager, f"/desk/disputes/{facts.number}/"),
        ("search, frequent word", manager, search + urllib.parse.quote("电梯")),
        ("search, two words", manager, search + urllib.parse.quote("渗水 装修公司")),
        ("search, a name", manager, search + urllib.parse.quote(facts.name)),
        ("search, nothing found", manager, search + urllib.parse.quote("飞机延误")),
        ("search by a town's dispatcher", town, search + urllib.parse.quote("工资")),
        ("resident's status page", resident, "/my/"),
        ("progress by QR", resident, f"/f/{facts.token_link}/"),
    ]
    figures = [timed(what, partial(_get, client, path), n) for what, client, path in opened]
    figures.append(timed("met before, all that a clerk types", partial(_met, manager, facts), n))
    api = {"Authorization": f"Bearer {facts.api}"}
    return [*figures, timed("API list of 20", lambda: _get(Client(port), "/api/v1/disputes", **api), n)]


def registrations(port: int, facts: Facts, n: int, clients: int) -> Figure:
    """How many registrations a second `clients` machines get through, each over its own connection."""
    chance = random.Random(7)  # noqa: S311
    bodies = [_registration(chance) for _ in range(n)]
    durations: list[float] = []

    def work(mine: list[str]) -> None:
        client = Client(port)
        for body in mine:
            durations.append(_registered(client, facts, body))

    threads = [threading.Thread(target=work, args=(bodies[i::clients],)) for i in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(durations) / (time.perf_counter() - begun)
    if len(durations) < n:
        raise RuntimeError(f"{n - len(durations)} of {n} registrations failed")
    return Figure(f"registrations over HTTP, {clients} clients", n, rate, _at(durations, 0.95) * 1000, "/s (p95 ms)")


def timed(what: str, call: Callable[[], None], n: int) -> Figure:
    """`n` calls after three that are not counted."""
    for _ in range(3):
        call()
    durations = []
    for _ in range(n):
        begun = time.perf_counter()
        call()
        durations.append(time.perf_counter() - begun)
    return Figure(what, n, _at(durations, 0.5) * 1000, _at(durations, 0.95) * 1000)


def _registered(client: Client, facts: Facts, body: str) -> float:
    headers = {
        "Authorization": f"Bearer {facts.api}",
        "Content-Type": "application/json",
        "Idempotency-Key": uuid.uuid4().hex,
    }
    begun = time.perf_counter()
    status, said = client.send("POST", "/api/v1/disputes", body, **headers)
    if status != 201:
        raise RuntimeError(f"a registration was answered {status}: {said.decode()[:300]}")
    return time.perf_counter() - begun


def _registration(chance: random.Random) -> str:
    title, facts, demand = a_matter(chance)
    parties = [
        {"role": role, "name": a_name(chance), "phone": f"138{chance.randrange(10**8):08}"}
        for role in ("applicant", "respondent")
    ]
    return json.dumps({"title": title, "facts": facts, "demand": demand, "parties": parties, "category": "02"})


def _met(client: Client, facts: Facts) -> None:
    """Everything at once of a matter that is there: the person, the opponent, the place, and its words with a few more."""
    typed = {
        "name": facts.name, "phone": facts.phone, "opponent": facts.opponent, "place": facts.place, "place_name": facts.place_name,
        "address": facts.address, "facts": f"{facts.matter}家里老人天天为这件事睡不好，请你们快一点。",
        "csrfmiddlewaretoken": client.cookies["csrftoken"],
    }  # fmt: skip
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    status, said = client.send("POST", "/desk/register/met/", urllib.parse.urlencode(typed), **form)
    if status != 200:
        raise RuntimeError(f"what was met before was answered {status}: {said.decode(errors='replace')[:300]}")
    missing = [one for one in (facts.told_again, *MET) if one not in said.decode()]
    if missing:
        raise RuntimeError(f"what was met before did not find {'、'.join(missing)}")


def _get(client: Client, path: str, **headers: str) -> None:
    status, said = client.send("GET", path, **headers)
    if status != 200:
        raise RuntimeError(f"{path} was answered {status}: {said.decode(errors='replace')[:300]}")


def _at(durations: list[float], share: float) -> float:
    ordered = sorted(durations)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
