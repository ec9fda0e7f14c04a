"""What every test has: the mark of browser tests, a real browser that is watched, and a place for its pictures."""

import gc
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.contenttypes.management import create_contenttypes
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.models.signals import post_migrate
from hypothesis import HealthCheck, settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError

from ops import chromium

# How fast the machine is says nothing about what is tested.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

PICTURES = Path(__file__).resolve().parents[1] / "test-output"
BROWSER_FIXTURES = {"page", "context", "new_context", "browser"}
BROWSER_FILES = re.compile(r"^tests/(browser|journeys)/|/test_\w*browser\w*\.py::")  # where ops/suite.py looks for them
# Pages put into words what commands and lists gave, which are tried on both engines.
# On PostgreSQL every address is asked by tests/access.
PAGES = re.compile(r"/test_\w*pages?\.py::")
DATABASE_FIXTURES = {"db", "django_db_setup", "transactional_db", "live_server"}
HERE = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|(data|blob|about|file):")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for a browser is a browser test; one of a page or of no database runs on one engine only."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if BROWSER_FIXTURES & fixtures:
            if not BROWSER_FILES.search(item.nodeid):
                raise pytest.UsageError(f"{item.nodeid}: a browser test belongs into a file test_…browser….py")
            item.add_marker(pytest.mark.browser)
        elif PAGES.search(item.nodeid) or not (
            DATABASE_FIXTURES & fixtures or item.get_closest_marker("django_db")
        ):  # pytest-django lets no test touch the database that did not ask for it
            item.add_marker(pytest.mark.once)


def pytest_collection_finish() -> None:
    """Thousands of tests stay in memory for the whole run: they need not be looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


MIGRATED = os.environ.get("FENGQIAO_MIGRATED")  # a database migrated for the whole run: ops/migrated.py


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Where there is one that is migrated, this worker begins with a copy of it."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = MIGRATED
    elif MIGRATED:
        shutil.copyfile(MIGRATED, connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The copy is there before Django looks; PostgreSQL makes it by itself."""
    return bool(MIGRATED) and connection.vendor == "sqlite"


GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%no_delete'"


@pytest.fixture(autouse=True, scope="session")
def emptying_passes_the_guard() -> Iterator[None]:
    """SQLite empties by DELETE, which the triggers refuse; PostgreSQL by TRUNCATE, which they do not hear of."""
    operations = DatabaseWrapper.ops_class
    flush = operations.execute_sql_flush

    def emptied(self, sql_list: list[str]) -> None:
        with connection.cursor() as cursor:
            guards = cursor.execute(GUARDS).fetchall()
            for name, _sql in guards:
                cursor.execute(f"DROP TRIGGER {name}")
            flush(self, sql_list)
            for _name, sql in guards:
                cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", emptied)
        yield


@pytest.fixture(autouse=True, scope="session")
def emptying_writes_no_permissions() -> None:
    """Django's own permissions and kinds of content, which nothing here asks for, would be written anew each time."""
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    # Playwright's loop runs in this thread; Django would take every query for one from async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {
        **browser_type_launch_args,
        "executable_path": str(chromium.browser()),
        "env": chromium.environment(),
        "args": chromium.ARGUMENTS,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {
        "viewport": {"width": 1440, "height": 900},
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
    }


@pytest.fixture
def heard() -> list[str]:
    """What the watch over the browsers heard; a test that provokes something clears it."""
    return []


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], heard: list[str]
) -> Iterator[Callable[..., BrowserContext]]:
    """One person's browser, watched: a CSP violation, a script error or a request to another site fails the test."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            heard.append(message.text)

    def on_request(request: Request) -> None:
        if not HERE.match(request.url):
            heard.append(f"left the site: {request.url}")

    def on_error(error: WebError) -> None:
        heard.append(f"script error: {error.error}")

    def watched(**options) -> BrowserContext:
        context = new_context(**options)
        context.on("console", on_console)
        context.on("request", on_request)
        context.on("weberror", on_error)
        return context

    yield watched
    assert not heard, "\n".join(heard)


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], Path]:
    """`picture(page, "name")` keeps a screenshot of the whole page in test-output/<test>/01-name.jpg."""
    folder = PICTURES / re.sub(r"[^\w.-]+", "-", request.node.name)
    taken = 0

    def take(page: Page, name: str) -> Path:
        nonlocal taken
        taken += 1
        path = folder / f"{taken:02}-{name}.jpg"
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, full_page=True, quality=80)
        return path

    return take
