"""Collect what people read into fengqiao/locale/en/LC_MESSAGES/django.po: `python tools/translations.py`.

Django's own makemessages needs GNU gettext, which a fresh machine may not have. This reads the same calls from Python's
syntax tree and from templates as Django itself rewrites them, and keeps every translation already there.
"""

import ast
import os
import re
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "fengqiao"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
ONE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
MANY = {"ngettext", "ngettext_lazy"}
CALL = re.compile(r"\b(n?gettext)\(\s*((?:u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\s*,?\s*)+)")
STRING = re.compile(r"u?('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")")
HEADER = {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "en",
    "MIME-Version": "1.0",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
    "Project-Id-Version": "fengqiao",
}

Message = tuple[str, str]  # singular, plural ("" where there is none)


def messages() -> dict[Message, list[str]]:
    """Every message in the source, with the files that say it."""
    found: dict[Message, list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for message in _in_python(path.read_text(encoding="utf-8")):
            found.setdefault(message, []).append(path.relative_to(ROOT).as_posix())
    for path in sorted(SOURCE.rglob("templates/**/*")):
        if path.suffix in (".html", ".txt"):
            for message in _in_template(path.read_text(encoding="utf-8"), path.name):
                found.setdefault(message, []).append(path.relative_to(ROOT).as_posix())
    return found


def collect() -> tuple[int, int]:
    """Bring the catalogue up to date. Returns how many messages there are and how many lack a translation."""
    old = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    kept = {(entry.msgid, entry.msgid_plural): entry for entry in old if not entry.obsolete}
    by_msgid = {entry.msgid: entry for entry in old}
    new = polib.POFile(wrapwidth=118)
    new.metadata = HEADER
    for (one, many), files in sorted(messages().items(), key=lambda item: (item[1][0], item[0])):
        entry = polib.POEntry(msgid=one, occurrences=[(name, "") for name in sorted(set(files))])
        before = kept.get((one, many)) or by_msgid.get(one)
        if many:
            entry.msgid_plural = many
            entry.msgstr_plural = dict(before.msgstr_plural) if before and before.msgstr_plural else {0: "", 1: ""}
        else:
            entry.msgstr = before.msgstr if before else ""
        if "%(" in one:
            entry.flags.append("python-format")
        new.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(CATALOGUE))
    return len(new), sum(1 for entry in new if not entry.translated())


def _in_python(text: str) -> list[Message]:
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        strings = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in ONE and strings:
            found.append((strings[0], ""))
        elif name in MANY and len(strings) > 1:
            found.append((strings[0], strings[1]))
    return found


def _in_template(text: str, name: str) -> list[Message]:
    from django.utils.translation.template import templatize  # noqa: PLC0415 - only once settings are chosen

    found = []
    for call, arguments in CALL.findall(templatize(text, origin=name)):
        strings = [ast.literal_eval(raw) for raw in STRING.findall(arguments)]
        found.append((strings[0], strings[1] if call == "ngettext" and len(strings) > 1 else ""))
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengqiao.config.settings")
    sys.path.insert(0, str(ROOT))
    total, missing = collect()
    print(f"{total} messages, {missing} without a translation")
