"""Everybody who can come to an address, what they bring with them, and what they are answered."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from time import time

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import transaction
from django.http.response import HttpResponseBase
from django.template.backends.django import Template
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver

from fengqiao.api import tokens
from fengqiao.people.models import User
from fengqiao.people.sign_in import Accounts
from fengqiao.web.actors import KEY
from fengqiao.web.entering import SEEN, SINCE
from tests.access.course import Course
from tests.access.stage import Stage

ANYBODY, RESIDENTS = "anon", ("own", "vis", "far")
STAFF = (
    "clerk", "disp", "med", "mine", "mgr", "help", "town", "county", "leader", "near", "peer", "admin", "secure", "audit",
)  # fmt: skip
PEOPLE = (ANYBODY, *RESIDENTS, *STAFF)
A_DAY = 24 * 60 * 60  # seconds
PAGE = "<!doctype html"
READABLE = ("text/html", "application/json", "application/problem+json", "text/csv")


@dataclass(frozen=True)
class Line:
    """One line of the table: an address, at the dispute where it makes sense, and what is asked of it."""

    method: str
    route: str
    scene: str  # "signing", "mediating:MINUTES" for a paper of that kind, "-" for no dispute

    @property
    def is_api(self) -> bool:
        return self.route.startswith("/api/")

    @property
    def is_about_a_dispute(self) -> bool:
        return "disputes/<number>" in self.route or self.route.startswith(("/papers/", "/my/"))


@dataclass(frozen=True)
class Answer:
    """What came back, in one word, and the page where it can be read."""

    word: str
    text: str

    @property
    def is_page(self) -> bool:
        """A whole page; no part of one, no file."""
        return self.text.lstrip().lower().startswith(PAGE)


def routes() -> set[str]:
    """Every address of the resolver, without the kinds of its arguments."""
    return {"/" + re.sub(r"<\w+:", "<", route) for route in _walk(get_resolver().url_patterns)}


def _walk(patterns: list, before: str = "") -> Iterator[str]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, here)
        elif isinstance(one, URLPattern):
            yield here


class Quick(Client):
    """A browser that keeps nothing of how an answer came about: thousands of pages are asked for here."""

    def request(self, **request) -> HttpResponseBase:
        return self.handler(self._base_environ(**request))


class Door:
    """Lets people in, each as themselves, and undoes what they did."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._sessions: dict[tuple[str, str], str] = {}
        self._addresses: dict[Line, str] = {}
        self._handler = ClientHandler(enforce_csrf_checks=False)  # one for all: it loads the middleware once
        self._draws = True

    @contextmanager
    def many_questions(self) -> Iterator[None]:
        """Every account, token and session is read once: what a page asks of them first is always the same."""
        accounts: dict = {}
        sessions: dict = {}
        get_user, load, render = Accounts.get_user, SessionStore.load, Template.render

        def account(backend: Accounts, pk: int):
            if pk not in accounts:
                accounts[pk] = get_user(backend, pk)
            return copy(accounts[pk])

        def session(store: SessionStore) -> dict:
            if store.session_key not in sessions:
                sessions[store.session_key] = load(store)
            return dict(sessions[store.session_key])

        def drawn(template: Template, *given, **more) -> str:
            return render(template, *given, **more) if self._draws else _empty(template)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tokens, "owner_of", read_once(tokens.owner_of))
            patch.setattr(Accounts, "get_user", account)
            patch.setattr(SessionStore, "load", session)
            patch.setattr(Template, "render", drawn)
            yield

    def ask(self, person: str, line: Line, data: dict | None = None, *, briefly: bool = False) -> Answer:
        """One request in a browser (or, for the API, a program) of its own; whatever it changed is rolled back.

        `briefly`, among many questions, only decides: the page is not drawn, which is most of its cost.
        """
        cache.clear()  # nobody has asked too often
        self._draws = not briefly
        course = self.course(line.scene)
        browser = self._as(Quick(), person, course)
        if line.scene == "applying":
            browser.cookies["application"] = self.stage.application_token
        with transaction.atomic():
            answer = self._send(browser, person, line, data)
            told = Answer(_word(answer), _text(answer))
            transaction.set_rollback(True)
        return told

    def course(self, scene: str) -> Course:
        """The dispute that stands there; any, where none is asked about."""
        name = scene.partition(":")[0]
        return self.stage.scenes["mediating" if name in ("-", "applying", "hall") else name]

    def address(self, line: Line) -> str:
        """The route, filled in."""
        if line not in self._addresses:
            course, detail = self.course(line.scene), line.scene.partition(":")[2]
            in_hall = line.scene == "hall"
            values = self.stage.hall.values(line.route) if in_hall else course.values(line.route, detail)
            self._addresses[line] = re.sub(r"<(\w+)>", lambda found: str(values[found[1]]), line.route)
        return self._addresses[line]

    def _send(self, browser: Client, person: str, line: Line, data: dict | None) -> HttpResponseBase:
        address = self.address(line)
        if not line.is_api:
            return browser.get(address, data) if line.method == "GET" else browser.post(address, data or {})
        headers = {"Idempotency-Key": "k1"}
        if token := self.stage.tokens.get(person):
            headers["Authorization"] = f"Bearer {token}"
        if line.method == "GET":
            return browser.get(address, data, headers=headers)
        return browser.post(address, data or {}, content_type="application/json", headers=headers)

    def browser(self, person: str, course: Course) -> Client:
        """Signed in, or with the pass of the party that this person is."""
        return self._as(Client(), person, course)

    def _as(self, client: Client, person: str, course: Course) -> Client:
        client.handler = self._handler
        if person != ANYBODY:
            key = (person, course.about if person in RESIDENTS else "")
            if key not in self._sessions:
                self._sessions[key] = self._session(person, course)
            client.cookies["sessionid"] = self._sessions[key]
        return client

    def _session(self, person: str, course: Course) -> str:
        client = Client()
        if person not in RESIDENTS:
            client.force_login(self.stage.county.everybody[person])
            session, now = client.session, int(time())
            # So that nobody's every page writes that they were seen, however long all the questions take.
            session.update({SINCE: now, SEEN: now + A_DAY})
            session.save()
        else:
            session = client.session
            session[KEY] = self._pass_of(person, course)
            session.save()
        return client.cookies["sessionid"].value

    def _pass_of(self, person: str, course: Course) -> int:
        if person == "far":
            course = self.stage.scenes["doing" if course is self.stage.scenes["peer"] else "peer"]
        return course.issued[RESIDENTS.index(person) % 2].access.pk


def read_once(owner_of: Callable[[str], User | None]) -> Callable[[str], User | None]:
    """The owner of a token, as a fresh copy for each call; tests/api asks what becomes of a token."""
    known: dict[str, User | None] = {}

    def owner(clear: str) -> User | None:
        if clear not in known:
            known[clear] = owner_of(clear)
        return copy(known[clear])

    return owner


def _empty(template: Template) -> str:
    """Nothing of it but whether it is a whole page."""
    begins = template.template.source.lstrip()
    return PAGE if begins.startswith("{% extends") or begins.lower().startswith(PAGE) else ""


def _word(answer: HttpResponseBase) -> str:
    """The status; for a way on, where it leads: to signing in, to code and PIN, or elsewhere."""
    if answer.status_code not in (301, 302):
        return str(answer.status_code)
    where = answer["Location"]
    return "login" if where.startswith("/login/") else "code" if where == "/follow/" else "on"


def _text(answer: HttpResponseBase) -> str:
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole.decode() if answer.get("Content-Type", "").partition(";")[0] in READABLE else ""
