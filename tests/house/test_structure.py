"""The rules of the house that neither a type checker nor an import contract can see."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.template.loader import get_template

from fengqiao.ledger.kinds import KINDS
from fengqiao.reactions import REACTIONS, SCHEDULE

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "fengqiao"
PYTHON = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
FLOORS = {
    name.strip(" ()"): floor for floor, layer in enumerate(reversed(CONTRACT["layers"])) for name in layer.split("|")
}  # the ground is 0
LONGEST_FILE, LONGEST_FUNCTION = 400, 50


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions_of(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_foreign_keys_point_down_too():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or not field.related_model:
                continue
            mine, theirs = model._meta.app_label, field.related_model._meta.app_label
            if mine in FLOORS and theirs in FLOORS and mine != theirs:
                assert FLOORS[theirs] < FLOORS[mine], f"{model._meta.label}.{field.name} points up"


def test_only_advance_writes_a_state_of_a_dispute():
    writers = set()
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for target in node.targets if isinstance(node, ast.Assign) else []:
                if (
                    isinstance(target, ast.Attribute)
                    and target.attr == "state"
                    and getattr(target.value, "id", "") == "dispute"
                ):
                    writers.add(named(path))
    assert writers == {"fengqiao/disputes/commands.py"}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_event_reads_as_a_sentence_of_its_own_fields(kind):
    event = KINDS[kind]
    fields = set(event.__dataclass_fields__) | {"by"}
    assert set(re.findall(r"\{(\w+)\}", str(event.says))) <= fields
    assert set(event.shows) <= fields


def test_reactions_and_jobs_are_about_what_exists():
    assert set(REACTIONS) <= set(KINDS.values())
    assert len({job.name for job in SCHEDULE}) == len(SCHEDULE)


def test_no_file_is_longer_than_four_hundred_lines():
    files = [
        *PYTHON,
        *TEMPLATES,
        *SOURCE.rglob("*.css"),
        *SOURCE.rglob("*.js"),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "tools").glob("*.py"),
        *(ROOT / "ops").glob("*.py"),
    ]
    long = {
        named(path): n for path in files if (n := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_no_function_is_longer_than_a_screen():
    long = {
        f"{named(path)}:{node.name}": node.end_lineno - node.lineno
        for path in PYTHON
        for node in functions_of(path)
        if node.end_lineno - node.lineno > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_module_says_what_it_is_for():
    silent = [
        named(path)
        for path in PYTHON
        if path.name not in ("__init__.py", "apps.py")
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_names_say_what_is_inside():
    empty_words = {"utils", "helpers", "common", "misc", "services", "signals", "manager", "base"}
    assert [named(path) for path in PYTHON if path.stem in empty_words] == []


def test_no_module_listens_to_the_orm():
    listeners = [
        named(path)
        for path in PYTHON
        if re.search(r"django\.db\.models\.signals|@receiver", path.read_text(encoding="utf-8"))
    ]
    assert listeners == []


def test_no_code_names_a_district():
    names = re.compile(r"wuxing|xihu|binjiang|jiangbei|putuo|吴兴|西湖|滨江|江北|普陀", re.IGNORECASE)
    told = [named(path) for path in [*PYTHON, *TEMPLATES] if names.search(path.read_text(encoding="utf-8"))]
    assert told == []


def test_every_template_compiles_and_is_used():
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*PYTHON, *TEMPLATES])
    unused = []
    for path in TEMPLATES:
        name = path.relative_to(next(parent for parent in path.parents if parent.name == "templates")).as_posix()
        get_template(name)
        if name not in text and path.stem not in ("400", "403", "404", "500"):
            unused.append(name)
    assert unused == []


def test_templates_carry_no_inline_script_or_style():
    bad = re.compile(
        r"\sstyle=|\son[a-z]+=|javascript:|hx-on|<style|<script(?![^>]*\bsrc=)(?![^>]*nonce=)(?![^>]*application/json)"
    )
    assert [named(path) for path in TEMPLATES if bad.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.django_db
def test_migrations_are_up_to_date():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
