"""Nobody finds a peer's or a restricted dispute anywhere; numbers are sealed at rest; who sees them in clear leaves a trace."""

import re
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from fengqiao.api.acts import DOING
from fengqiao.disputes.lifecycle import Act
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry
from fengqiao.web.actors import KEY
from fengqiao.web.models import Once
from tests.house.stage import Stage
from tests.house.test_access import table
from tests.house.visiting import STAFF, Line
from tests.intake.people import ID, a_filled_form
from tests.portal.people import hidden

HERE, THERE = {"clerk", "disp", "med", "mine", "mgr", "help", "town", "county", "leader"}, {"peer", "county", "leader"}
NAMED = {"mine", "mgr"}  # for the restricted one
LISTS = (
    "/desk/", "/desk/?view=ours", "/desk/?view=new", "/desk/?view=mine", "/desk/disputes/", "/desk/notices/",
    "/desk/performing/", "/desk/performing/?view=late", "/desk/performing/?view=claims", "/desk/sessions/",
    "/desk/callbacks/", "/desk/callbacks/?view=archive", "/desk/callbacks/?view=contests",
)  # fmt: skip
NUMBER = re.compile(r"(?<!\d)\d{4}-\d{4}(?!\d)")
LINK = re.compile(r"/desk/disputes/(\d{4}-\d+)/")
ENOUGH = {
    "reason": "因为", "to": "nowhere", "body": "nowhere", "into": "2026-9999", "remedies": ["court"], "to_name": "某院",
    "kind": "court", "difficulty": "general", "risk": "R0", "party": 1, "willing": "yes", "how": "phone",
    "rating": "satisfied", "words": "请快一点",
}  # fmt: skip


def may_see(stage: Stage, person: str) -> set[str]:
    """The numbers this person is to find, by their place in the county alone."""
    found = set()
    for name, course in stage.scenes.items():
        who = NAMED if name == "restricted" else HERE if course.town is stage.county.here else THERE
        if person in who:
            found.add(course.number)
    return found


def everything(stage: Stage) -> set[str]:
    return {course.number for course in stage.scenes.values()}


def sheet_of(data: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(data), read_only=True)
    return "\n".join(str(cell) for row in book.active.iter_rows(values_only=True) for cell in row)


class TestNobodySees:
    @pytest.mark.parametrize("person", STAFF)
    def test_all_disputes_export_and_api_hold_exactly_what_one_may_see(self, stage, door, person):
        browser, mine = door.browser(person, stage.scenes["doing"]), may_see(stage, person)
        assert set(LINK.findall(browser.get("/desk/disputes/").content.decode())) == mine
        as_csv = browser.post("/desk/disputes/export/", {"format": "csv"}).content.decode()
        as_xlsx = sheet_of(browser.post("/desk/disputes/export/", {"format": "xlsx"}).content)
        headers = {"Authorization": f"Bearer {stage.tokens[person]}"}
        rows = browser.get("/api/v1/disputes", {"limit": 100}, headers=headers).json()["items"]
        assert set(NUMBER.findall(as_csv)) == set(NUMBER.findall(as_xlsx)) == {row["number"] for row in rows} == mine

    @pytest.mark.parametrize("person", STAFF)
    def test_no_other_list_shows_more(self, stage, door, person):
        browser, mine = door.browser(person, stage.scenes["doing"]), may_see(stage, person)
        for address in LISTS:
            page = browser.get(address).content.decode()
            assert set(NUMBER.findall(page)) & everything(stage) <= mine, address
        for address in ("/desk/export/", "/desk/export/?scope=area"):
            file = browser.post(address, {"format": "csv"}).content.decode()
            assert set(NUMBER.findall(file)) & everything(stage) <= mine, address

    def test_every_list_shows_somebody_something(self, stage, door):
        for address in LISTS:
            pages = [door.browser(one, stage.scenes["doing"]).get(address).content.decode() for one in STAFF]
            assert any(set(NUMBER.findall(page)) & everything(stage) for page in pages), address

    @pytest.mark.parametrize("person", STAFF)
    def test_search_finds_only_what_one_may_see(self, stage, door, person):
        browser, mine = door.browser(person, stage.scenes["doing"]), may_see(stage, person)
        headers = {"Authorization": f"Bearer {stage.tokens[person]}"}
        for name in ("doing", "restricted", "peer"):
            course = stage.scenes[name]
            one = course.people[0]
            for query in (course.number, course.about, one.phone, one.phone[-4:], one.id_number):
                answer = browser.get("/desk/search/", {"q": query}, follow=True)
                found = set(LINK.findall(answer.content.decode() + answer.request["PATH_INFO"]))
                assert found <= mine, (name, query)
                assert (course.number in found) == (course.number in mine), (name, query)
            rows = browser.get("/api/v1/disputes", {"q": one.phone}, headers=headers).json()["items"]
            assert {row["number"] for row in rows} == mine & {course.number}, name

    @pytest.mark.parametrize("person", sorted(HERE - {"leader"}))
    def test_what_was_met_before_hints_at_nothing_either(self, stage, door, person):
        browser, mine = door.browser(person, stage.scenes["doing"]), may_see(stage, person)
        for name in ("doing", "restricted", "peer"):
            course = stage.scenes[name]
            one, other = course.people
            typed = {"name": one.name, "phone": one.phone, "id_number": one.id_number, "opponent": other.name}
            page = browser.post("/desk/register/met/", typed).content.decode()
            assert set(NUMBER.findall(page)) & everything(stage) <= mine
            assert (course.number in page) == (course.number in mine), name

    def test_joining_a_peers_dispute_is_refused_in_the_words_for_one_that_is_not_there(self, stage, door):
        line, said = Line("POST", "/desk/disputes/<number>/merge/", "routed"), []
        for number in (stage.scenes["peer"].number, "2026-9999"):
            data = {"into": number, "reason": "同一件事", "seen": stage.scenes["routed"].dispute.version}
            answer = door.ask("mgr", line, data)
            assert answer.word == "422"
            said.append(re.sub(r'nonce="[^"]*"|value="[^"]*"|csrftoken": "\w+"|' + number, "", answer.text))
        assert said[0] == said[1]

    @pytest.mark.once  # the rule behind it is asked above, on both engines
    @pytest.mark.parametrize(
        ("scene", "strangers"), [("restricted", ("clerk", "help", "county", "leader")), ("peer", ("mine", "town"))]
    )
    def test_no_address_of_a_dispute_is_there_for_who_may_not_see_it(self, stage, door, scene, strangers):
        assert not any(stage.scenes[scene].number in may_see(stage, one) for one in strangers)
        wrong = []
        for line, words in table().items():
            there = "<number>" in line.route or line.route.startswith("/papers/")
            if not there or words["mgr"] == "405":
                continue
            kind = ":MINUTES" if line.route.startswith("/papers/") else ""
            asked, data = replace(line, scene=scene + kind), whole_body(line) if line.is_api else None
            said = {one: door.ask(one, asked, data, briefly=not asked.is_api).word for one in strangers}
            wrong += [f"{line.method} {line.route}: {said}"] if set(said.values()) != {"404"} else []
        assert wrong == []


def whole_body(line: Line) -> dict | None:
    """What this act of the API asks for, so that it is the dispute that is missing and nothing else."""
    act = line.route.rpartition("/")[2]
    if line.method == "GET" or act not in Act.values:
        return None
    wanted = DOING[Act(act)].body.model_json_schema().get("required", [])
    return {name: ENOUGH[name] for name in wanted}


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
