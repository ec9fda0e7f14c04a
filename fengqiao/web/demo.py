"""The accounts of a demonstration, offered on the sign-in page of an installation that says it is one."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings


def demo_accounts() -> list[dict[str, Any]]:
    """`demo_accounts.json` in FENGQIAO_HOME: a list of username, password, name, post. Nothing unless settings.DEMO."""
    if not getattr(settings, "DEMO", False):
        return []
    file = Path(settings.FENGQIAO_HOME) / "demo_accounts.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
