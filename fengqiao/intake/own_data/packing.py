"""What is given along: a paper to read (PDF), the same for machines (JSON), the notices agreed to, the files sent."""

import json
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from fengqiao.disputes.models import Party
from fengqiao.papers.typeset import typeset

from .gathering import OwnData, Part, gather, told

FORMAT = "fengqiao-own-data/1"
PAPERS = "zh-hans"  # a paper is Chinese, whatever language the screen speaks


def paper(party: Party) -> bytes:
    """The PDF that is printed at the counter (papers/forms/own_data.typ), in clear. Log it first: commands.take_along."""
    with translation.override(PAPERS):
        return _paper(gather(party.dispute, party, in_clear=True))


def packed(party: Party) -> bytes:
    """Everything in one ZIP, in clear: the paper, data.json, the notices as they were shown, and the files. Log it first."""
    with translation.override(PAPERS):
        return _packed(gather(party.dispute, party, in_clear=True))


def _paper(data: OwnData) -> bytes:
    facts = {
        "committee": data.dispute.body.name,
        "number": data.dispute.official_number,
        "demo": getattr(settings, "DEMO", False),
        "subject": data.dispute.title,
        "made_at": _written(data.made_at),
        "parts": [
            {
                "title": part.title,
                "heads": [label for _key, label in part.columns],
                "rows": [[_written(cell) for cell in row] for row in part.rows],
                "note": part.note,
            }
            for part in told(data)
        ],
        "notices": [{"version": one.version, "text": plain(one.text)} for one in data.notices],
    }
    return typeset("own_data", facts, timestamp=data.made_at)


def _packed(data: OwnData) -> bytes:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_("我的信息") + ".pdf", _paper(data))
        archive.writestr("data.json", json.dumps(for_machines(data), ensure_ascii=False, indent=2))
        for notice in data.notices:
            archive.writestr(f"notices/{notice.version}-{notice.digest[:8]}.html", notice.text)
        for name, file in zip(_names(data), data.files, strict=True):
            archive.writestr(f"files/{name}", file.read())
    return whole.getvalue()


def for_machines(data: OwnData) -> dict[str, Any]:
    """The same content with names that do not change with the language (个人信息保护法 45: 可转移)."""
    return {
        "format": FORMAT,
        "made_at": data.made_at.isoformat(timespec="seconds"),
        "dispute": data.dispute.official_number,
        **{part.key: _as_objects(part) for part in data.parts},
        "notices": [{"version": one.version, "digest": one.digest, "text": one.text} for one in data.notices],
        "sent": [
            {"file": f"files/{name}", "title": file.title, "sha256": file.sha256}
            for name, file in zip(_names(data), data.files, strict=True)
        ],
    }


def plain(text: str) -> str:
    """A notice without its marks, a line for each of its paragraphs."""
    marked = text.replace("</dt>", "：</dt>")
    return "\n".join(line for line in (strip_tags(part).strip() for part in marked.splitlines()) if line)


def _as_objects(part: Part) -> list[dict[str, Any]]:
    keys = [key for key, _label in part.columns]
    return [dict(zip(keys, map(_machine, row), strict=True)) for row in part.rows]


def _machine(cell: Any) -> str:
    return cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else str(cell)


def _written(cell: Any) -> str:
    return f"{timezone.localtime(cell):%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else str(cell)


def _names(data: OwnData) -> list[str]:
    """A name in the ZIP for each file: a number, for titles are not made for file systems; data.json has both."""
    return [f"{n:02}.{file.extension}" for n, file in enumerate(data.files, start=1)]
