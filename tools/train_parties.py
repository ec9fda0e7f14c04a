"""Make what tells between whom a matter is: `python tools/train_parties.py DATA_FOLDER`.

It learns from texts of our own (parties_written.jsonl, and heard_a and heard_b of the tests) and the mediation cases of the development
data, of which nothing enters the product but signs and their weights. No chance is involved: the same texts give the same weights.
It also tells how good that is on texts held back: every sixth, and each set by weights from all others.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengqiao.config.settings")

from fengqiao.intake.understanding.mentioned import Mention, mentions_in  # noqa: E402
from fengqiao.intake.understanding.names import named_in  # noqa: E402
from fengqiao.intake.understanding.parties import LIKELY, SECOND, SHIPPED, chance_of, chosen  # noqa: E402
from fengqiao.intake.understanding.party_signs import is_told_of_others, signs_of  # noqa: E402
from fengqiao.kernel.text import normalise  # noqa: E402
from tools.rows import rows_of  # noqa: E402

WRITTEN = Path(__file__).with_name("parties_written.jsonl")
HEARD = ROOT / "tests" / "intake" / "understanding"
CASE = 2.0  # what a mediation case counts against a text of our own: they are few, and what the product is for
PULL, LEAST_OFTEN, STEPS, PACE = 2.0, 3, 300, 0.1
FIRMNESS, SLOWNESS = 0.9, 0.999  # of the moving averages (Kingma and Ba 2015)
HELD_BACK = 6


class Example(NamedTuple):
    """A text: where it is from, all that may be a side with its signs, and what people said are the sides."""

    source: str
    text: str
    mentions: list[Mention]
    signs: list[set[str]]
    sides: set[str]
    worth: float


def main() -> None:
    examples = list(_examples(Path(sys.argv[1])))
    every_sixth = [(one, rest) for n in range(HELD_BACK) for one, rest in [_split(examples, n)]]
    print(f"every {HELD_BACK}th held back:", _figures(every_sixth))
    for name in dict.fromkeys(one.source for one in examples):
        held = [one for one in examples if one.source == name], [one for one in examples if one.source != name]
        print(f"{name} by all others:", _figures([held]))
    weights = _fitted(examples)
    kept = {sign: round(100 * weight) for sign, weight in sorted(weights.items()) if round(100 * weight)}
    SHIPPED.write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _examples(folder: Path) -> Iterator[Example]:
    for row in rows_of(WRITTEN):
        yield _example(row["set"], row, 1.0)
    for name in ("heard_a", "heard_b"):
        for row in rows_of(HEARD / f"{name}.jsonl"):
            yield _example(name, row, 1.0)
    for row in rows_of(folder / "mediation_cases_dev.jsonl"):
        yield _example("mediation cases", row, CASE)


def _example(name: str, row: Mapping[str, Any], worth: float) -> Example:
    title, text = normalise(row.get("title") or ""), normalise(row["text"])
    whole = f"{title}。{text}" if title else text
    mentions = mentions_in(whole, named_in(whole))
    return Example(name, whole, mentions, list(signs_of(whole, mentions)), set(row["parties"]), worth)


def _split(examples: Sequence[Example], nth: int) -> tuple[list[Example], list[Example]]:
    held = [one for i, one in enumerate(examples) if i % HELD_BACK == nth]
    return held, [one for i, one in enumerate(examples) if i % HELD_BACK != nth]


def _fitted(examples: Sequence[Example]) -> dict[str, float]:
    """Logistic regression over all mentions; the weight of "" is the bias."""
    often = Counter(sign for one in examples for signs in one.signs for sign in signs)
    places = {sign: at for at, sign in enumerate(sorted(sign for sign, n in often.items() if n >= LEAST_OFTEN))}
    mentions = [
        (one, mention, signs) for one in examples for mention, signs in zip(one.mentions, one.signs, strict=True)
    ]
    held = np.zeros((len(mentions), len(places) + 1), np.float32)
    held[:, -1] = 1
    for row, (_one, _mention, signs) in zip(held, mentions, strict=True):
        row[[places[sign] for sign in signs if sign in places]] = 1
    wanted = np.array([mention.words in one.sides for one, mention, _signs in mentions], np.float32)
    worth = np.array([one.worth for one, _mention, _signs in mentions], np.float32)
    pulls = np.append(np.full(len(places), PULL), 0)
    weights, slope, swing = (np.zeros(len(places) + 1) for _ in range(3))
    for step in range(1, STEPS + 1):
        chance = 1 / (1 + np.exp(-held @ weights.astype(np.float32)))
        push = held.T @ (worth * (chance - wanted)) + pulls * weights
        slope = FIRMNESS * slope + (1 - FIRMNESS) * push
        swing = SLOWNESS * swing + (1 - SLOWNESS) * push**2
        pace = PACE * (1 - step / (STEPS + 1))
        weights -= pace * (slope / (1 - FIRMNESS**step)) / (np.sqrt(swing / (1 - SLOWNESS**step)) + 1e-8)
    return {**{sign: float(weights[at]) for sign, at in places.items()}, "": float(weights[-1])}


def _figures(splits: Sequence[tuple[Sequence[Example], Sequence[Example]]]) -> str:
    right = said = wanted = 0
    for held, rest in splits:
        weights = _fitted(rest)
        for one in held:
            chances = [chance_of(signs, weights) for signs in one.signs]
            told = set(chosen(one.mentions, chances, second=SECOND if is_told_of_others(one.text) else LIKELY))
            right, said, wanted = right + len(told & one.sides), said + len(told), wanted + len(one.sides)
    return f"precision {right / max(said, 1):.3f}, recall {right / max(wanted, 1):.3f}, F1 {2 * right / max(said + wanted, 1):.3f}"


if __name__ == "__main__":
    main()
