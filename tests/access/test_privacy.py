"""Nobody finds a peer's or a restricted dispute in any list; numbers are sealed at rest; who sees them in clear leaves a trace."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import cycle, islice

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fengqiao.desk.finding import find, the_one
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry
from fengqiao.web.actors import KEY
from fengqiao.web.models import Once
from tests.access.course import Course
from tests.access.policy import MATTERS, STAFF, WORKING, sees
from tests.access.stage import Stage
from tests.access.visiting import Door, Line
from tests.intake.people import ID, a_filled_form
from tests.portal.people import hidden

# One of every relation: their lists and searches are asked of both databases, those of the others of one.
BOTH = ("clerk", "mine", "mgr", "town", "help", "county", "leader", "near", "peer", "audit")
PEOPLE = [name if name in BOTH else pytest.param(name, marks=pytest.mark.once) for name in STAFF]
LISTS = (
    "/desk/", "/desk/?view=ours", "/desk/?view=new", "/desk/?view=mine", "/desk/?view=assist", "/desk/?view=passed",
    "/desk/notices/", "/desk/performing/", "/desk/performing/?view=late", "/desk/performing/?view=claims",
    "/desk/sessions/", "/desk/callbacks/", "/desk/callbacks/?view=archive", "/desk/callbacks/?view=contests",
)  # fmt: skip
NUMBER = re.compile(r"(?<!\d)\d{4}-\d{4}(?!\d)")
LINK = re.compile(r"/desk/disputes/(\d{4}-\d+)/")
COUNT = re.compile(r'href="\?view=\w+" aria-current="page">[^<]*<span class="n">(\d+)<')


def matter_of(stage: Stage, name: str) -> str:
    """Under which name the policy knows this dispute."""
    next_door = stage.scenes[name].town is stage.county.there
    return "next door" if next_door else "restricted" if name == "restricted" else "open"


def may_see(stage: Stage, person: str) -> set[str]:
    """The numbers that this person is to find."""
    courses = stage.scenes.items()
    return {course.number for name, course in courses if sees(person, MATTERS[matter_of(stage, name)])}


def everything(stage: Stage) -> set[str]:
    return {course.number for course in stage.scenes.values()}


def sheet_of(data: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(data), read_only=True)
    return "\n".join(str(cell) for row in book.active.iter_rows(values_only=True) for cell in row)


def queries(course: Course) -> list[str]:
    """By what a dispute can be searched."""
    one = course.people[0]
    return [course.number, course.about, one.phone, one.phone[-4:], one.id_number]


@pytest.fixture(scope="module")
def numbers(stage: Stage) -> dict[str, Course]:
    """The three disputes of the policy."""
    return {"open": stage.scenes["doing"], "restricted": stage.scenes["restricted"], "next door": stage.scenes["peer"]}


@pytest.mark.parametrize("person", PEOPLE)
class TestFound:
    """What matrix.txt says of lists, exports, searches, hints and counts."""

    @pytest.fixture(autouse=True)
    def accounts_are_read_once(self, door: Door) -> Iterator[None]:
        with door.many_questions():
            yield

    def test_all_disputes_export_and_api_hold_exactly_what_one_may_see(self, stage, door, person):
        browser, mine = door.browser(person, stage.scenes["doing"]), may_see(stage, person)
        assert set(LINK.findall(browser.get("/desk/disputes/").content.decode())) == mine
        as_csv = browser.post("/desk/disputes/export/", {"format": "csv"}).content.decode()
        as_xlsx = sheet_of(browser.post("/desk/disputes/export/", {"format": "xlsx"}).content)
        headers = {"Authorization": f"Bearer {stage.tokens[person]}"}
        rows = browser.get("/api/v1/disputes", {"limit": 100}, headers=headers).json()["items"]
        assert set(NUMBER.findall(as_csv)) == set(NUMBER.findall(as_xlsx)) == {row["number"] for row in rows} == mine

    def test_no_other_list_shows_more_or_counts_more(self, stage, door, person):
        browser, mine, all_ = door.browser(person, stage.scenes["doing"]), may_see(stage, person), everything(stage)
        for address in LISTS if person in BOTH else LISTS[list(STAFF).index(person) % 2 :: 2]:
            page = browser.get(address).content.decode()
            assert set(NUMBER.findall(page)) & all_ <= mine, address
            for count in COUNT.findall(page):
                assert len(set(LINK.findall(page))) <= int(count) <= len(LINK.findall(page)), address
        for address in ("/desk/export/", "/desk/export/?scope=area"):
            file = browser.post(address, {"format": "csv"}).content.decode()
            assert set(NUMBER.findall(file)) & all_ <= mine, address

    def test_search_finds_only_what_one_may_see(self, stage, door, numbers, person):
        mine, user = may_see(stage, person), stage.county.everybody[person]
        for name, course in numbers.items():
            for query in queries(course):
                exact = the_one(query, user)
                found = {exact.number} if exact else set(find(query, user).values_list("number", flat=True))
                assert found <= mine, (name, query)
                assert (course.number in found) == sees(person, MATTERS[name]), (name, query)

    def test_the_pages_of_search_find_no_more(self, stage, door, numbers, person):
        browser, mine = door.browser(person, stage.scenes["doing"]), may_see(stage, person)
        headers = {"Authorization": f"Bearer {stage.tokens[person]}"}
        for n, (name, course) in enumerate(numbers.items(), list(STAFF).index(person)):
            query = next(islice(cycle(queries(course)), n % 5, None))
            answer = browser.get("/desk/search/", {"q": query}, follow=True)
            found = set(LINK.findall(answer.content.decode() + answer.request["PATH_INFO"]))
            assert (course.number in found) == (course.number in mine), (name, query)
            assert found <= mine, (name, query)
            rows = browser.get("/api/v1/disputes", {"q": course.people[0].phone}, headers=headers).json()["items"]
            assert {row["number"] for row in rows} == mine & {course.number}, name

    def test_what_was_met_before_hints_at_nothing_either(self, stage, door, numbers, person):
        browser, mine = door.browser(person, stage.scenes["doing"]), may_see(stage, person)
        works = STAFF[person].role in WORKING
        for name, course in numbers.items():
            one, other = course.people
            typed = {"name": one.name, "phone": one.phone, "id_number": one.id_number, "opponent": other.name}
            page = browser.post("/desk/register/met/", typed).content.decode()
            assert set(NUMBER.findall(page)) & everything(stage) <= mine
            assert (course.number in page) == (works and course.number in mine), name


class TestLists:
    @pytest.mark.once
    def test_every_list_shows_somebody_something(self, stage, door):
        counted = 0
        for address in LISTS:
            pages = (door.browser(one, stage.scenes["doing"]).get(address).content.decode() for one in BOTH)
            page = next((page for page in pages if set(NUMBER.findall(page)) & everything(stage)), "")
            assert page, address
            counted += bool(COUNT.search(page))
        assert counted > 5

    @pytest.mark.once
    def test_joining_a_peers_dispute_is_refused_in_the_words_for_one_that_is_not_there(self, stage, door: Door):
        line, said, now = Line("POST", "/desk/disputes/<number>/merge/", "routed"), [], timezone.now()
        for number in (stage.scenes["peer"].number, "2026-9999"):
            data = {"into": number, "reason": "同一件事", "seen": stage.scenes["routed"].dispute.version}
            with time_machine.travel(now, tick=False):  # what is left of a limit is told to the minute
                answer = door.ask("mgr", line, data)
            assert answer.word == "422"
            said.append(re.sub(r'nonce="[^"]*"|value="[^"]*"|csrftoken": "\w+"|' + number, "", answer.text))
        assert said[0] == said[1]


def rows_of_all_tables() -> list[tuple[str, str]]:
    """Every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            found += [(name, "\n".join(map(as_text, row))) for row in cursor.fetchall()]
    return found


def as_text(cell: object) -> str:
    return bytes(cell).decode("utf-8", "replace") if isinstance(cell, bytes | memoryview) else str(cell)


class TestAtRest:
    def test_no_column_of_any_table_holds_a_telephone_an_identity_number_a_home_or_a_key_in_clear(self, stage, door):
        secrets = {**dict.fromkeys(stage.secrets, "a person's"), **dict.fromkeys(self.keys(stage), "a key")}
        secrets |= self.registered_in_the_browser(stage, door)
        secrets |= self.sent_by_a_machine(stage)
        self.refused_by_link(stage)
        rows = rows_of_all_tables()
        assert {"web_once", "django_session", "disputes_search", "ledger_entry"} <= {name for name, _row in rows}
        found = {(name, what, secret) for name, row in rows for secret, what in secrets.items() if secret in row}
        assert found == set()

    def keys(self, stage: Stage) -> set[str]:
        """What opens a door: tokens of QR codes, of signing links, of machines, of applications; PINs."""
        found = {stage.application_token, *stage.tokens.values(), *stage.hall.tokens}
        for course in stage.scenes.values():
            found |= {issued.access.token for issued in course.issued}
            found |= {course.link.token} if course.link else set()
        return found

    def registered_in_the_browser(self, stage: Stage, door) -> dict[str, str]:
        """By the page, with a key against sending it twice; the slip with its PIN waits in the session."""
        browser = door.browser("clerk", stage.scenes["doing"])
        form = a_filled_form(
            form_key="k" * 32, consented="on", phone="13857219061", id_number=ID, place=stage.county.here.village.code,
            place_name=stage.county.here.village.name,
        )  # fmt: skip
        assert browser.post("/desk/register/", form).status_code == 302
        assert "slip" in browser.session
        return {"13857219061": "typed at the window", ID: "typed at the window"}

    def sent_by_a_machine(self, stage: Stage) -> dict[str, str]:
        phone, home = "13757200316", "向阳里77幢901室"
        parties = [{"role": "applicant", "name": "吴亚芳", "phone": phone, "home": home}]
        headers = {"Authorization": f"Bearer {stage.tokens['clerk']}", "Idempotency-Key": "once-1"}
        body = {"facts": "楼上半夜打钻。", "parties": parties}
        answer = Client().post("/api/v1/disputes", body, content_type="application/json", headers=headers)
        assert answer.status_code == 201
        assert Once.objects.filter(key="once-1").exists()
        return {phone: "sent by a machine", home: "sent by a machine", answer.json()["pin"] + '"': "a PIN"}

    def refused_by_link(self, stage: Stage) -> None:
        """Somebody says no by their link; the submission is remembered, so that it counts once."""
        course, browser = stage.scenes["signing"], Client()
        address = reverse("signing_link", args=[course.link.token])
        browser.post(address, {"answer": course.people[0].phone[-4:]})
        key = hidden(browser.get(address, {"refuse": "1"}), "form_key")
        assert browser.post(address, {"do": "refuse", "reason": "钱太少", "form_key": key}).status_code == 302
        assert Once.objects.filter(key=key).exists()


@pytest.mark.once
class TestLooks:
    @pytest.fixture
    def looks(self, stage, db):
        def count(name="mediating") -> int:
            return Entry.objects.of("look", stage.scenes[name].pk).count()

        return count

    @pytest.mark.parametrize("what", ["phone", "id_number", "home", "name"])
    def test_what_is_masked_is_shown_with_a_reason_once_and_on_record(self, stage, door, looks, what):
        course, before = stage.scenes["mediating"], looks()
        browser, value = door.browser("clerk", course), getattr(course.people[0], what)
        address = reverse("reveal", args=[course.number, course.applicant.pk, what])
        asked = browser.post(address).content.decode() + browser.post(address, {"reason": " "}).content.decode()
        assert value not in asked
        assert looks() == before
        shown = browser.post(address, {"reason": "打电话约时间"})
        assert value in shown.content.decode()
        assert "no-store" in shown["Cache-Control"]
        entry = Entry.objects.of("look", course.pk).last()
        assert looks() == before + 1
        assert (entry.actor, entry.payload["reason"]) == (stage.county.staff["clerk"].ledger_id, "打电话约时间")
        assert value not in browser.get(reverse("dispute", args=[course.number])).content.decode()

    def test_every_paper_that_is_opened_is_a_look(self, stage, door, looks):
        course, before = stage.scenes["mediating"], looks()
        papers = list(course.dispute.papers.all())
        for paper in papers:
            b"".join(door.browser("help", course).get(paper.get_absolute_url()).streaming_content)
        assert looks() == before + len(papers)
        assert Entry.objects.of("look", course.pk).last().actor == stage.county.staff["help"].ledger_id

    def test_a_party_and_a_signer_leave_a_trace_too(self, stage, looks):
        course, before = stage.scenes["signing"], looks("signing")
        browser = Client()
        session = browser.session
        session[KEY] = course.issued[0].access.pk
        session.save()
        b"".join(browser.get(course.paper("MINUTES").get_absolute_url()).streaming_content)
        assert looks("signing") == before + 1
        by_link, address = Client(), reverse("signing_link", args=[course.link.token])
        by_link.post(address, {"answer": course.people[0].phone[-4:]})
        b"".join(by_link.get(address + "paper/").streaming_content)
        assert looks("signing") == before + 2
        assert Entry.objects.of("look", course.pk).last().actor == f"party:{course.applicant.pk}"

    def test_who_takes_the_whole_file_away_leaves_a_trace(self, stage, door, looks):
        course, before = stage.scenes["archived"], looks("archived")
        b"".join(door.browser("mgr", course).get(f"/desk/disputes/{course.number}/archive.zip").streaming_content)
        assert looks("archived") == before + 1
        assert Dispute.objects.get(pk=course.pk).archives.exists()
