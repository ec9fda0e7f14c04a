"""Make what ships for telling the same matter: `python tools/train_sameness.py DATA_FOLDER`.

It counts how common words are (common.toml) and turns of phrase (turns.toml), and weighs the evidence (weights.toml) by a logistic regression
over pairs of texts. DATA_FOLDER holds the development data; of its letters only counts and weights enter the product, and here only which of
them are of one matter (sameness_letters.jsonl: all were read; `left_out` where the reader could not tell). The texts in
sameness_written.jsonl (made hard on purpose) and sameness_waves.jsonl (four mailboxes with waves of letters) are our own.
No chance is involved: the same data give the same files.
"""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import rjieba

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengqiao.config.settings")

from fengqiao.intake.sameness.alike import Around, Text, evidence, is_copy  # noqa: E402
from fengqiao.intake.sameness.among import worth_comparing  # noqa: E402
from fengqiao.intake.sameness.clues import clues_of  # noqa: E402
from fengqiao.intake.sameness.grouping import grouped  # noqa: E402
from fengqiao.intake.sameness.matters import chances  # noqa: E402
from fengqiao.intake.sameness.named import KEPT  # noqa: E402
from fengqiao.intake.sameness.wording import COMMON_FROM, HERE, common, common_turns, turns_of  # noqa: E402
from fengqiao.intake.understanding.evaluation.duplicates import told_by  # noqa: E402
from fengqiao.kernel.text import normalise  # noqa: E402
from tools.rows import rows_of  # noqa: E402

WRITTEN = Path(__file__).with_name("sameness_written.jsonl")
WAVES = Path(__file__).with_name("sameness_waves.jsonl")
LETTERS = Path(__file__).with_name("sameness_letters.jsonl")
COUNTED = (
    ("letters_shangluo_dev.jsonl", ("title", "text")),
    ("statute_queries_dev.jsonl", ("text",)),
    ("mediation_cases_dev.jsonl", ("text",)),
)
NAMES = ("ns", "nr", "nt", "nrt", "nrfg")  # parts of speech that are not counted as common
TURNS_FROM = 8  # texts
# What a set counts, times the root of its pairs of one matter; in each those of one matter weigh as much as all others.
HARD, WAVE, REAL = 20, 10, 100
# What can only speak against it; all else can only speak for it. Texts of one town teach much that is not so in the next:
# these signs are kept at first, and left again no further than HELD allows.
AGAINST = ("another_number", "one_asks", "another_place", "and_none_shared", "years")
FIRMNESS, HELD, STEPS, HALVINGS = 0.5, 10.0, 60, 12
FOLDS = 5

Row = Mapping[str, Any]


class Pairs(NamedTuple):
    """Of one universe: its texts' pairs worth comparing, the evidence of each, copies, which of all pairs are of one matter, and what each pair counts."""

    sort: str
    rows: Sequence[Row]
    near: Sequence[tuple[int, int]]
    told: Any
    copies: set[tuple[int, int]]
    same: set[tuple[int, int]]
    worth: Any

    @property
    def wanted(self) -> Any:
        return np.array([float(pair in self.same) for pair in self.near])


def main() -> None:
    folder = Path(sys.argv[1])
    _write_counts(folder)
    universes = list(_universes(folder))
    _write_weights(_fitted([(one.told, one.wanted, one.worth) for one in universes]))
    print("told by weights from all others:", *_held_out(universes), sep="\n")


def _write_counts(folder: Path) -> None:
    words: Counter[str] = Counter()
    turns: Counter[str] = Counter()
    texts = 0
    for name, fields in COUNTED:
        for row in rows_of(folder / name):
            if text := "。".join(str(row[field]) for field in fields if row.get(field)):
                plain = normalise(text).lower()
                words.update(one for one in {*rjieba.cut_for_search(plain), *plain} if "\u3400" <= one[0] <= "\u9fff")
                turns.update(one for one in turns_of(KEPT.findall(plain)) if len(one) == 2 and one >= "\u3400")
                texts += 1
    told = {word: n for word, n in words.items() if n >= COMMON_FROM and not _is_name(word)}
    _write_table("common.toml", "words and characters", texts, told)
    _write_table("turns.toml", "pairs of characters", texts, {one: n for one, n in turns.items() if n >= TURNS_FROM})
    common.cache_clear()
    common_turns.cache_clear()


def _is_name(word: str) -> bool:
    tagged = rjieba.tag(word)
    return len(word) > 1 and len(tagged) == 1 and tagged[0][1] in NAMES


def _write_table(file: str, of_what: str, texts: int, counts: Mapping[str, int]) -> None:
    by_count: dict[int, list[str]] = defaultdict(list)
    for word, n in counts.items():
        by_count[_about(n)].append(word)
    head = f"# How common {of_what} are in texts of this kind, by tools/train_sameness.py: of so many, in how many they occur.\n"
    lines = [f'{n} = "{" ".join(sorted(by_count[n]))}"\n' for n in sorted(by_count)]
    (HERE / file).write_text("".join([head, f"texts = {texts}\n", *lines]), encoding="utf-8")


def _about(n: int) -> int:
    step = 1 if n <= 10 else 5 if n < 60 else 20 if n < 200 else 100
    return n // step * step


def _universes(folder: Path) -> Iterator[Pairs]:
    for sort, file, worth in (("hard", WRITTEN, HARD), ("waves", WAVES, WAVE)):
        by_name: dict[str, list[Row]] = defaultdict(list)
        for row in rows_of(file):
            by_name[row["universe"]].append(row)
        for rows in by_name.values():
            yield _pairs(sort, rows, worth)
    marks = {row["id"]: row for row in rows_of(LETTERS)}
    letters = [
        {**row, "group": marks.get(row["id"], {}).get("group")}
        for row in rows_of(folder / "letters_shangluo_dev.jsonl")
        if row["text"] and not marks.get(row["id"], {}).get("left_out")
    ]
    yield _pairs("letters", letters, REAL)


def _pairs(sort: str, rows: Sequence[Row], worth: float) -> Pairs:
    told = [told_by(row) for row in rows]
    around = Around([one.clues for one in told])
    texts = [Text(one.clues, around, one.writer, one.day) for one in told]
    near = worth_comparing(texts)
    same = {
        (i, j)
        for i, j in combinations(range(len(rows)), 2)
        if rows[i]["group"] and rows[i]["group"] == rows[j]["group"]
    }
    seen = np.array([list(evidence(texts[i], texts[j]).values()) for i, j in near])
    found = sum(pair in same for pair in near)
    each = {True: worth * found**0.5 / found, False: worth * found**0.5 / (len(near) - found)}
    copies = {(i, j) for i, j in near if is_copy(texts[i], texts[j])}
    return Pairs(sort, rows, near, seen, copies, same, np.array([each[pair in same] for pair in near]))


def _fitted(parts: Sequence[tuple[Any, Any, Any]]) -> Any:
    """The weights by evidence, what is wanted and what it counts; the last number is the bias."""
    told, wanted, worth = (np.concatenate(one) for one in zip(*parts, strict=True))
    at = np.hstack([told, np.ones((len(told), 1))])
    least = np.array([-np.inf if name in AGAINST else 0.0 for name in _names()] + [-np.inf])
    most = np.array([0.0 if name in AGAINST else np.inf for name in _names()] + [np.inf])
    signed = _regression(at, wanted, worth, (FIRMNESS, np.zeros(at.shape[1])), (least, most))
    return _regression(at, wanted, worth, (HELD, signed), (np.full(len(least), -np.inf), np.full(len(most), np.inf)))


def _regression(at: Any, wanted: Any, worth: Any, held_to: tuple[float, Any], within: tuple[Any, Any]) -> Any:
    """A logistic regression held to a centre and within bounds, by Newton's method over what is not at a bound."""
    firmness, centre = held_to
    held = firmness * np.ones(at.shape[1])
    held[-1] = 1e-6

    def loss(weights: Any) -> float:
        sums = at @ weights
        return float(
            (worth * (np.logaddexp(0, sums) - wanted * sums)).sum() + (held * (weights - centre) ** 2).sum() / 2
        )

    weights, now = centre.copy(), loss(centre)
    for _step in range(STEPS):
        chance = 1 / (1 + np.exp(-at @ weights))
        slope = at.T @ (worth * (chance - wanted)) + held * (weights - centre)
        free = ~(((weights <= within[0]) & (slope > 0)) | ((weights >= within[1]) & (slope < 0)))
        bend = (at[:, free] * (worth * chance * (1 - chance))[:, None]).T @ at[:, free] + np.diag(held[free])
        step = np.zeros(len(weights))
        step[free] = np.linalg.solve(bend, slope[free])
        tries = (np.clip(weights - step / 2**halving, *within) for halving in range(HALVINGS))
        better = next(((one, value) for one in tries if (value := loss(one)) < now - 1e-9), None)
        if better is None:
            break
        weights, now = better
    return weights


def _names() -> list[str]:
    nothing = Text(clues_of("", ""), Around([]))
    return list(evidence(nothing, nothing))


def _write_weights(weights: Iterable[float]) -> None:
    lines = [f"{name} = {weight:.2f}\n" for name, weight in zip([*_names(), "bias"], weights, strict=True)]
    head = "# What each piece of evidence (alike.py) weighs, by tools/train_sameness.py.\n"
    (HERE / "weights.toml").write_text("".join([head, *lines]), encoding="utf-8")


def _held_out(universes: Sequence[Pairs]) -> Iterator[str]:
    """Each universe of our own by weights from all others, each fifth of the letters by the other four and our own."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in universes:
        others = [(other.told, other.wanted, other.worth) for other in universes if other is not one]
        weights = _by_folds(one, others) if one.sort == "letters" else _weighed(one.told, _fitted(others))
        alike = chances(dict(zip(one.near, map(float, weights), strict=True)), one.copies, len(one.rows))
        found = {pair for group in grouped(len(one.rows), alike) for pair in combinations(group, 2)}
        counts[one.sort].update(right=len(found & one.same), said=len(found), wanted=len(one.same))
    for sort, n in counts.items():
        figures = n["right"] / max(n["said"], 1), n["right"] / n["wanted"], 2 * n["right"] / (n["said"] + n["wanted"])
        yield "{}: precision {:.3f}, recall {:.3f}, F1 {:.3f}".format(sort, *figures)


def _by_folds(one: Pairs, others: Sequence[tuple[Any, Any, Any]]) -> Any:
    """A pair across two folds is told by the mean of what both say."""
    folds = np.array([crc32(str(row["group"] or row["id"]).encode()) % FOLDS for row in one.rows])
    at = folds[np.array(one.near)]
    total = np.zeros(len(one.near))
    for fold in range(FOLDS):
        mine = (at == fold).any(axis=1)
        weights = _fitted([*others, (one.told[~mine], one.wanted[~mine], one.worth[~mine])])
        total[mine] += _weighed(one.told[mine], weights)
    return total / (1 + (at[:, 0] != at[:, 1]))


def _weighed(told: Any, weights: Any) -> Any:
    return told @ weights[:-1] + weights[-1]


if __name__ == "__main__":
    main()
