"""A committee is renamed and split in the middle of a year: what was written before stays true, and nobody's view changes unsaid."""

from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from fengqiao.bodies.models import Body
from fengqiao.desk.rows import for_lists, rows_of
from fengqiao.disputes.models import Dispute
from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import User
from fengqiao.routing.commands import merge
from tests.district.folders import a_folder, adding, change
from tests.world import a_registered_dispute

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # loading is tried on both engines in test_loading.py

OLD, NEW, SPLIT_OFF = "劳资纠纷调委会", "劳动争议调委会", "新就业形态调委会"


def load(folder, **options) -> str:
    told = StringIO()
    call_command("load_district", str(folder), stdout=told, **options)
    return told.getvalue()


@pytest.fixture
def folder(tmp_path):
    return a_folder(tmp_path)


@pytest.fixture
def last_years(folder) -> Dispute:
    """Closed in December 2025 with the committee of the old name; the one it was joined to goes on."""
    with time_machine.travel("2025-12-01T09:00:00+08:00"):
        load(folder)
        body, mediator = Body.objects.get(key="mdc-labour"), User.objects.get(username="gumin")
        clerk = User.objects.create(username="clerk-labour", name="章文", role="manager", home_body=body)
        one, other = (a_registered_dispute(body, clerk) for _n in range(2))
        assert mediator.body == body
    with time_machine.travel("2025-12-20T09:00:00+08:00"):
        return merge(one, into=other, reason="同一笔工资", by=clerk)


@pytest.fixture
def split(folder, last_years):
    """On 1 July 2026 the committee gets another name, and a part of it becomes a committee of its own."""
    bodies = folder / "bodies.csv"
    change(bodies, OLD, NEW)
    adding("former_names.csv", f"mdc-labour,2026-06-30,{OLD},吴劳人,示例")(folder)
    line = next(row for row in bodies.read_text(encoding="utf-8").splitlines() if row.startswith("mdc-labour,"))
    head = bodies.read_text(encoding="utf-8").splitlines()[0].split(",")
    cells = dict(zip(head, line.split(","), strict=True))
    cells |= {"key": "mdc-platform", "name": SPLIT_OFF, "short_name": "吴新就", "source": "示例"}
    adding("bodies.csv", ",".join(cells.values()))(folder)
    change(folder / "accounts.csv", "顾敏,mediator,mdc-labour", "顾敏,mediator,mdc-platform")
    return folder


@pytest.fixture
def changed(split, last_years) -> Dispute:
    with time_machine.travel("2026-07-01T08:00:00+08:00"):
        load(split)
    last_years.refresh_from_db()
    return last_years


def test_a_dispute_of_last_year_bears_the_old_name_and_a_new_one_the_new(changed):
    body = Body.objects.get(key="mdc-labour")
    assert (body.name, changed.office) == (NEW, OLD)
    fresh = a_registered_dispute(body, User.objects.get(username="clerk-labour"))
    assert (fresh.office, fresh.reception, changed.reception) == (NEW, NEW, OLD)


def test_lists_pages_and_exports_say_so_too(changed, client):
    manager = User.objects.get(username="clerk-labour")
    client.force_login(manager)
    page = client.get(reverse("dispute", args=[changed.number])).content.decode()
    assert OLD in page
    assert NEW not in page.split("<main", 1)[1]
    seen = Dispute.objects.visible_to(manager)
    told = {row.dispute.number: row.turn.note for row in rows_of(for_lists(seen), manager)}
    assert told[changed.number] == OLD


def test_figures_of_last_year_bear_the_old_name_and_those_of_this_year_the_new(changed, client):
    a_registered_dispute(Body.objects.get(key="mdc-labour"), User.objects.get(username="clerk-labour"))
    client.force_login(User.objects.get(username="clerk-labour"))

    def figures(period: str) -> list[str]:
        file = client.post(f"/desk/figures/export/?{period}", {"format": "csv"}).content.decode("utf-8-sig")
        return [line.split(",")[0] for line in file.splitlines()[2:] if line.startswith((OLD, NEW))]

    assert figures("from=2025-01-01&to=2025-12-31") == [OLD]
    assert figures("from=2026-07-01&to=2026-12-31") == [NEW]
    assert figures("from=2025-01-01&to=2026-12-31") == [OLD, NEW]


def test_the_record_of_last_year_is_untouched(changed):
    assert list(verify()) == []
    assert any(OLD in entry.sentence for entry in Entry.objects.of("dispute", changed.pk))


def test_the_difference_says_who_would_lose_sight_of_what_and_saves_nothing(split, last_years):
    before = list(Body.objects.order_by("pk").values())
    told = load(split, diff=True)
    assert f"bodies.csv mdc-labour 的 name：{OLD} → {NEW}" in told
    assert "bodies.csv 新增 1：mdc-platform" in told
    assert "accounts.csv gumin 的 home_body：劳动争议调委会 → 新就业形态调委会" in told
    numbers = sorted(Dispute.objects.values_list("number", flat=True))
    assert f"顾敏 (gumin) 不再看得到 2 件：{'、'.join(numbers)}" in told
    assert told.count("看得到") == 1, "nobody else"
    assert list(Body.objects.order_by("pk").values()) == before


def test_what_the_difference_says_is_what_happens(split, last_years):
    def seen():
        people = User.objects.select_related("home_body__region", "station_body__region")
        return {one.username: set(Dispute.objects.visible_to(one).values_list("number", flat=True)) for one in people}

    before = seen()
    load(split, diff=True)
    assert seen() == before
    load(split)
    after = seen()
    assert {name for name in before if before[name] != after[name]} == {"gumin"}
    assert after["gumin"] == set()


def test_a_body_does_not_end_while_it_has_disputes(split, last_years):
    line = next(row for row in (split / "bodies.csv").read_text(encoding="utf-8").splitlines() if "mdc-labour," in row)
    cells = line.split(",")
    at = (split / "bodies.csv").read_text(encoding="utf-8").splitlines()[0].split(",").index("is_active")
    cells[at] = "0"
    change(split / "bodies.csv", line, ",".join(cells))
    change(split / "rules.csv", "10,,mdc-labour", "10,,mdc-platform")
    with pytest.raises(CommandError, match="移送"):
        load(split)
    assert Body.objects.get(key="mdc-labour").is_active
    assert not Body.objects.filter(key="mdc-platform").exists()


def test_a_body_that_ended_names_who_took_over(folder):
    columns = (folder / "bodies.csv").read_text(encoding="utf-8")
    text = columns.replace(",is_active,source", ",is_active,founded_on,ended_on,successors,source")
    lines = [text.splitlines()[0]]
    for line in text.splitlines()[1:]:
        cells, source = line.rsplit(",", 1)
        ended = line.startswith("mdc-newcomers,")
        cells = cells.removesuffix(",1") + ",0" if ended else cells
        lines.append(f"{cells},{'2020-01-01,2026-06-30,mdc-labour mdc-family' if ended else ',,'},{source}")
    (folder / "bodies.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    load(folder)
    ended = Body.objects.get(key="mdc-newcomers")
    assert {body.key for body in ended.successors.all()} == {"mdc-labour", "mdc-family"}
    assert ended not in Body.objects.at_work()
    assert "No change" in load(folder)
