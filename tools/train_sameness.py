"""Make what ships for telling the same matter: `python tools/train_sameness.py DATA_FOLDER`.

It counts how common words are (common.toml) and weighs the evidence (weights.toml) by a logistic regression over pairs of texts. DATA_FOLDER
holds the development data; of its letters only counts and weights enter the product, and here only which of them are of one matter
(sameness_letters.jsonl: all were read; `left_out` where the reader could not tell). The texts in sameness_written.jsonl are
our own. No chance is involved: the same data give the same files.
"""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import rjieba

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengqiao.config.settings")

from fengqiao.intake.sameness.alike import Around, Text, evidence, near_pairs  # noqa: E402
from fengqiao.intake.sameness.clues import clues_of  # noqa: E402
from fengqiao.intake.sameness.grouping import grouped  # noqa: E402
from fengqiao.intake.sameness.wording import COMMON_FROM, HERE, common  # noqa: E402
from fengqiao.kernel.text import normalise  # noqa: E402
from tools.rows import rows_of  # noqa: E402

WRITTEN = Path(__file__).with_name("sameness_written.jsonl")
LETTERS = Path(__file__).with_name("sameness_letters.jsonl")
COUNTED = (
    ("letters_shangluo_dev.jsonl", ("title", "text")),
    ("statute_queries_dev.jsonl", ("text",)),
    ("mediation_cases_dev.jsonl", ("text",)),
)
NAMES = ("ns", "nr", "nt", "nrt", "nrfg")  # parts of speech that are not counted as common
LATER = "2021"  # letters from then on are not learnt from, nor are their words counted: they are there to be told
# Most pairs of letters are of different matters: at full weight they would leave our own texts no say.
SAME_LETTERS, OTHER_LETTERS = 1.0, 0.1
FIRMNESS, STEPS = 0.5, 40

Row = Mapping[str, Any]


class Pairs(NamedTuple):
    """Of one universe: its texts' pairs that are near, the evidence of each, which of all pairs are of one matter, and what each pair counts."""

    size: int
    near: Sequence[tuple[int, int]]
    told: Any
    same: set[tuple[int, int]]
    worth: Any


def main() -> None:
    folder = Path(sys.argv[1])
    _write_common(folder)
    universes = list(_universes(folder))
    weights = _fitted([one for _name, one in universes])
    _write_weights(weights)
    print("each universe of our own by weights from all others:", *_held_out(universes))


def _write_common(folder: Path) -> None:
    counts: Counter[str] = Counter()
    texts = 0
    for name, fields in COUNTED:
        for row in rows_of(folder / name):
            if _is_later(row):
                continue
            if text := "。".join(str(row[field]) for field in fields if row.get(field)):
                plain = normalise(text).lower()
                counts.update(
                    {word for word in [*rjieba.cut_for_search(plain), *plain] if "\u3400" <= word[0] <= "\u9fff"}
                )
                texts += 1
    by_count: dict[int, list[str]] = defaultdict(list)
    for word, n in counts.items():
        tagged = rjieba.tag(word)
        if n >= COMMON_FROM and not (len(word) > 1 and len(tagged) == 1 and tagged[0][1] in NAMES):
            by_count[_about(n)].append(word)
    head = "# How common words and characters are in texts of this kind, by tools/train_sameness.py: of so many, in how many they occur.\n"
    lines = [f'{n} = "{" ".join(sorted(by_count[n]))}"\n' for n in sorted(by_count)]
    (HERE / "common.toml").write_text("".join([head, f"texts = {texts}\n", *lines]), encoding="utf-8")
    common.cache_clear()


def _is_later(row: Row) -> bool:
    return str(row.get("date") or "") >= LATER


def _about(n: int) -> int:
    step = 1 if n <= 10 else 5 if n < 60 else 20 if n < 200 else 100
    return n // step * step


def _universes(folder: Path) -> Iterator[tuple[str, Pairs]]:
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(WRITTEN):
        by_name[row["universe"]].append(row)
    for name, rows in by_name.items():
        yield name, _pairs(rows, 1.0, 1.0)
    marks = {row["id"]: row for row in rows_of(LETTERS)}
    letters = [
        {**row, "group": marks.get(row["id"], {}).get("group")}
        for row in rows_of(folder / "letters_shangluo_dev.jsonl")
        if row["text"] and not _is_later(row) and not marks.get(row["id"], {}).get("left_out")
    ]
    yield "letters", _pairs(letters, SAME_LETTERS, OTHER_LETTERS)


def _pairs(rows: Sequence[Row], worth_same: float, worth_other: float) -> Pairs:
    clues = [clues_of(row.get("title") or "", row["text"]) for row in rows]
    around = Around(clues)
    texts = [Text(one, around, str(row.get("user") or "")) for one, row in zip(clues, rows, strict=True)]
    near = list(near_pairs(texts))
    same = {
        (i, j)
        for i, j in combinations(range(len(rows)), 2)
        if rows[i]["group"] and rows[i]["group"] == rows[j]["group"]
    }
    told = np.array([list(evidence(texts[i], texts[j]).values()) for i, j in near])
    return Pairs(len(rows), near, told, same, np.array([worth_same if pair in same else worth_other for pair in near]))


def _fitted(universes: Sequence[Pairs]) -> Any:
    """Newton's method for the logistic regression; the last number is the bias."""
    told = np.vstack([one.told for one in universes])
    at = np.hstack([told, np.ones((len(told), 1))])
    wanted = np.concatenate([[float(pair in one.same) for pair in one.near] for one in universes])
    worth = np.concatenate([one.worth for one in universes])
    held = FIRMNESS * np.eye(at.shape[1])
    held[-1, -1] = 0
    weights = np.zeros(at.shape[1])
    for _step in range(STEPS):
        chance = 1 / (1 + np.exp(-at @ weights))
        slope = at.T @ (worth * (chance - wanted)) + held @ weights
        weights -= np.linalg.solve((at * (worth * chance * (1 - chance))[:, None]).T @ at + held, slope)
    return weights


def _write_weights(weights: Iterable[float]) -> None:
    nothing = Text(clues_of("", ""), Around([]))
    names = [*evidence(nothing, nothing), "bias"]
    lines = [f"{name} = {weight:.2f}\n" for name, weight in zip(names, weights, strict=True)]
    head = "# What each piece of evidence (alike.py) weighs, by tools/train_sameness.py.\n"
    (HERE / "weights.toml").write_text("".join([head, *lines]), encoding="utf-8")


def _held_out(universes: Sequence[tuple[str, Pairs]]) -> Iterator[str]:
    """Each universe of our own told by weights from all others."""
    right = said = wanted = 0
    for name, one in universes:
        if name == "letters":
            continue
        weights = _fitted([other for other_name, other in universes if other_name != name])
        chances = 1 / (1 + np.exp(-(one.told @ weights[:-1] + weights[-1])))
        alike = {pair: float(chance) for pair, chance in zip(one.near, chances, strict=True)}
        found = {pair for group in grouped(one.size, alike) for pair in combinations(group, 2)}
        right, said, wanted = right + len(found & one.same), said + len(found), wanted + len(one.same)
    yield f"precision {right / max(said, 1):.3f}, recall {right / wanted:.3f}, F1 {2 * right / max(said + wanted, 1):.3f}"


if __name__ == "__main__":
    main()
