"""Settings: production refuses what is unsafe, a first start makes its own secrets, databases are chosen by URL."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from fengqiao.config import environment, keys, logs
from fengqiao.config.environment import UnsafeSettings

TREE = Path(__file__).resolve().parents[2]
KEY = '{"k1": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="}'
SAFE = {
    "FENGQIAO_ENV": "production",
    "SECRET_KEY": "a-long-and-random-string-of-letters-0123456789-and-signs",
    "ALLOWED_HOSTS": "mediation.example.gov.cn",
    "FIELD_KEYS": KEY,
}


def manage(home: Path, environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    (home / "keys").mkdir(parents=True, exist_ok=True)
    keys.ledger_signing_key(home / "keys", production=False)
    of_the_tests = {"DATABASE_URL", "FENGQIAO_ENV", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    own = {name: value for name, value in os.environ.items() if name not in of_the_tests}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=TREE,
        env={**own, "FENGQIAO_HOME": str(home), **environ},
        capture_output=True,
        encoding="utf-8",
    )


def test_production_starts_when_everything_is_given_and_django_finds_nothing_to_warn_of(tmp_path) -> None:
    done = manage(tmp_path, SAFE, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_production_refuses_in_a_sentence_not_in_a_traceback(tmp_path) -> None:
    done = manage(tmp_path, SAFE | {"SECRET_KEY": "short"}, "check")
    assert done.returncode == 1
    assert "生产环境必须用环境变量 SECRET_KEY" in done.stderr
    assert "Production needs a random SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_command_on_an_empty_database_says_what_comes_first(tmp_path) -> None:
    done = manage(tmp_path, {"FENGQIAO_ENV": "development"}, "verify")
    assert done.returncode == 1
    assert "先运行 ./run migrate" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "asked"),
    [
        ("SECRET_KEY", "", keys.secret_key),
        ("SECRET_KEY", "short", keys.secret_key),
        ("SECRET_KEY", "a" * 60, keys.secret_key),
        ("FIELD_KEYS", "", keys.field_keys),
        ("FIELD_KEYS", '{"k1": "dG9vIHNob3J0"}', keys.field_keys),
        ("FIELD_KEYS", '["k1"]', keys.field_keys),
        ("LEDGER_SIGNING_KEY", "/nowhere/key.pem", keys.ledger_signing_key),
        ("ALLOWED_HOSTS", "", environment.allowed_hosts),
        ("ALLOWED_HOSTS", "*", environment.allowed_hosts),
        ("DEBUG", "1", environment.debug),
    ],
)
def test_production_refuses_what_is_unsafe(tmp_path, monkeypatch, name, value, asked) -> None:
    monkeypatch.setenv(name, value)
    arguments = [tmp_path] if asked.__module__ == keys.__name__ else []
    with pytest.raises(UnsafeSettings):
        asked(*arguments, production=True)
    assert list(tmp_path.iterdir()) == []


def test_a_first_start_makes_secrets_that_only_the_owner_reads(tmp_path) -> None:
    folder = tmp_path / "keys"
    folder.mkdir()
    first = keys.field_keys(folder, production=False)
    path = keys.ledger_signing_key(folder, production=False)
    keys.secret_key(folder, production=False)
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert [len(key) for key in first.values()] == [32]
    assert keys.field_keys(folder, production=False) == first
    assert path.read_text() == keys.ledger_signing_key(folder, production=False).read_text()


def test_a_home_that_cannot_be_written_is_refused_in_a_sentence(tmp_path, monkeypatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FENGQIAO_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(UnsafeSettings, match="FENGQIAO_HOME"):
        environment.home()


def test_sqlite_lies_in_the_home_folder_unless_told_otherwise(tmp_path) -> None:
    def name(url: str) -> Path:
        return environment.database(url, kind_="development", folder=tmp_path)["NAME"]

    assert name("sqlite:///db.sqlite3") == tmp_path / "db.sqlite3"
    assert name("sqlite:////srv/data/county.sqlite3") == Path("/srv/data/county.sqlite3")


def test_postgresql_is_chosen_by_url_with_its_options(tmp_path) -> None:
    url = "postgresql://clerk:p%40ss@db.example:5433/county?options=-csearch_path%3Dwuxing"
    chosen = environment.database(url, kind_="production", folder=tmp_path)
    assert (chosen["HOST"], chosen["PORT"], chosen["NAME"], chosen["USER"]) == ("db.example", "5433", "county", "clerk")
    assert chosen["PASSWORD"] == "p@ss"
    assert chosen["OPTIONS"]["options"] == "-csearch_path=wuxing"
    assert chosen["OPTIONS"]["pool"]["max_size"] > 1


def test_another_kind_of_database_is_refused(tmp_path) -> None:
    with pytest.raises(UnsafeSettings, match="DATABASE_URL"):
        environment.database("mysql://host/name", kind_="development", folder=tmp_path)


def test_logs_carry_no_numbers_of_people_and_no_query() -> None:
    line = logs.masked("GET /follow?code=ABCD phone 13800138000 id 33010219900101123X on 20261121")
    assert line == "GET /follow?… phone … id … on 20261121"


def test_a_log_line_in_production_is_one_json_object() -> None:
    record = logs.logging.LogRecord("fengqiao", 30, __file__, 1, "called %s", ("13800138000",), None)
    assert json.loads(logs.JsonLines().format(record))["message"] == "called …"


def test_static_files_are_collected_with_names_that_change_with_their_content(tmp_path, settings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "fengqiao.config.assets.Storage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert set(settings.NPM_FILES.values()) < set(names)
    for name in names.values():
        assert (tmp_path / name).is_file()
    assert list(tmp_path.rglob("*.css.gz"))


def test_a_shared_cache_is_chosen_by_url(tmp_path) -> None:
    shown = "from django.core.cache import cache; print(type(cache._cache).__name__, cache._cache._servers)"
    done = manage(tmp_path, {"REDIS_URL": "redis://127.0.0.1:1/0"}, "shell", "--no-imports", "-c", shown)
    assert done.stdout.split() == ["RedisCacheClient", "['redis://127.0.0.1:1/0']"], done.stderr
