"""Writes fengqiao/district/demo/year/shares.json: when people come, about what, at what length, as the development data has it.

    python -m tools.make_year FOLDER

FOLDER holds the data (letters, mediation cases, questions; see its README). Only counts leave it: no word of any letter.
Months, weekdays, the length of texts and the days until an answer are the letters' own; what people come about is counted
over all three files, because a mailbox hardly hears of families and debts.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Any

OUT = Path(__file__).resolve().parents[1] / "fengqiao/district/demo/year/shares.json"
PARTS = 20  # of a distribution: nineteen numbers between them


def main(folder: Path) -> None:
    letters = list(_rows(folder / "letters_shangluo_dev.jsonl"))
    days = [date.fromisoformat(row["date"]) for row in letters if row["date"]]
    waits = [
        (date.fromisoformat(row["reply_date"]) - date.fromisoformat(row["date"])).days
        for row in letters
        if row["date"] and row["reply_date"]
    ]
    about = Counter(row["dispute16"] for row in letters)
    about.update(row["dispute16_hint"] for row in _rows(folder / "statute_queries_dev.jsonl") if row["dispute16_hint"])
    about.update(row["accept_dispute16"][0] for row in _rows(folder / "mediation_cases_dev.jsonl"))
    shares = {
        "about": "counted by tools/make_year.py; no text is kept",
        "months": [Counter(day.month for day in days)[n] for n in range(1, 13)],
        "weekdays": [Counter(day.weekday() for day in days)[n] for n in range(7)],
        "kinds": dict(sorted(about.items())),
        "lengths": [round(n) for n in quantiles([len(row["text"] or "") for row in letters], n=PARTS)],
        "days_to_answer": [round(n) for n in quantiles(waits, n=PARTS)],
    }
    OUT.write_text(json.dumps(shares, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
