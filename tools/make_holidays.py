"""Write the packaged working-day table from the chinesecalendar package, or from a CSV: make_holidays.py [FILE.csv]."""

import csv
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# Only whoever renews the table needs it.
chinese_calendar: Any = import_module("chinese_calendar") if find_spec("chinese_calendar") else None

TABLE = Path(__file__).resolve().parents[1] / "fengqiao" / "kernel" / "data" / "holidays_cn.csv"
FIRST_YEAR = 2020
SOURCE = (
    "# Public holidays and working weekends by the State Council's yearly notices; ordinary weekends are not listed.",
    "# Source: PyPI chinesecalendar 1.11.0 (MIT). Written by tools/make_holidays.py.",
)


def from_package() -> list[tuple[str, str, str]]:
    """The days as the installed package knows them."""
    known = [("off", chinese_calendar.holidays), ("work", chinese_calendar.workdays)]
    return sorted(
        (day.isoformat(), kind, name) for kind, days in known for day, name in days.items() if day.year >= FIRST_YEAR
    )


def from_csv(path: Path) -> list[tuple[str, str, str]]:
    """The days of a date,kind,name file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return sorted((row["date"], row["kind"], row["name"]) for row in csv.DictReader(lines))


def main(arguments: list[str]) -> int:
    if arguments:
        rows = from_csv(Path(arguments[0]))
    elif chinese_calendar:
        rows = from_package()
    else:
        print("Install chinesecalendar, or name a CSV file with date,kind,name.", file=sys.stderr)
        return 2
    body = ["date,kind,name", *(",".join(row) for row in rows)]
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("\n".join([*SOURCE, *body]) + "\n", encoding="utf-8")
    print(f"{len(rows)} days, {rows[0][0]} to {rows[-1][0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
