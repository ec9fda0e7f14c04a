"""Make the weights that ship with the product: `python tools/train_shipped.py DATA_FOLDER`.

DATA_FOLDER holds the development data (its README says what they are). Nothing of them enters the product but numbers.
Beside them it learns from sentences and texts of our own (sentences.toml, texts_written.jsonl) and from letters_labelled.jsonl,
which says how urgent letters are and whether they speak for many.
"""

import json
import os
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengqiao.config.settings")

from fengqiao.intake.understanding.training import Example, fitted, held_back, macro_f1, placed, written  # noqa: E402
from fengqiao.intake.understanding.weights import SHIPPED  # noqa: E402
from fengqiao.kernel.text import normalise  # noqa: E402
from tools.rows import rows_of  # noqa: E402

SENTENCES = SHIPPED.with_name("sentences.toml")
LABELLED = Path(__file__).with_name("letters_labelled.jsonl")
WRITTEN = Path(__file__).with_name("texts_written.jsonl")
# Causes of civil actions whose kind is plain.
CAUSES = {
    "合同纠纷": "B", "机动车交通事故责任": "T", "买卖合同纠纷": "B", "追偿权纠纷": "B", "股权转让纠纷": "B", "借款合同纠纷": "B",
    "金融借款合同": "B", "医疗损害责任": "M", "劳务合同纠纷": "L", "劳动争议": "L", "房屋买卖合同": "H", "生命权、身体权、健康权": "I",
    "夫妻财产约定": "F", "追索劳动报酬": "L", "物业服务合同": "P", "婚约财产纠纷": "F", "名誉权纠纷": "I", "教育培训合同": "C",
    "旅游合同纠纷": "C", "分家析产纠纷": "F", "养老保险待遇": "L", "商品房预售合同": "H", "侵害集体经济组织成员权益": "D",
    "土地经营权": "D", "非机动车交通事故责任": "T", "提供劳务者受害责任": "I", "不当得利纠纷": "B",
}  # fmt: skip
ONLY_ASKS = (
    "怎么",
    "什么",
    "哪里",
    "建议",
    "能不能",
    "请问",
    "多少",
    "哪个",
    "几点",
    "多久",
    "如何",
    "可以办",
    "能下来",
    "提几点",
    "合法",
)
# Labels of one city's letters are one in ten wrong, and courts write otherwise than people; what we wrote is right and varied.
LETTER, QUERY, CASE, JUDGMENT, TEXT = 0.3, 0.3, 0.45, 0.1, 2.0


def examples(folder: Path) -> Iterator[Example]:
    """Everything that is learnt from, always in the same order."""
    labels = {row["id"]: row for row in rows_of(LABELLED)}
    for row in rows_of(folder / "letters_shangluo_dev.jsonl"):
        label = labels.get(row["id"])
        if row["text"] and row["dispute16"]:
            yield _example(row["title"], row["text"], row["dispute16"], worth=LETTER)
        if row["text"] and label:
            yield _example(row["title"], row["text"], "", label["urgency"], is_mass=bool(label["mass"]))
    for row in rows_of(folder / "statute_queries_dev.jsonl"):
        if row["dispute16_hint"]:
            yield _example("", row["text"], row["dispute16_hint"], worth=QUERY)
    for row in rows_of(folder / "mediation_cases_dev.jsonl"):
        yield _example("", row["text"], row["accept_dispute16"][0], worth=CASE)
    for row in rows_of(folder / "civil_cause_dev.jsonl"):
        if row["cause"] in CAUSES:
            yield _example("", row["text"], CAUSES[row["cause"]], worth=JUDGMENT)
    yield from _own_sentences()
    for row in rows_of(WRITTEN):
        yield _example("", row["text"], row["dispute"], worth=TEXT)
        yield _example("", row["text"], "", row["urgency"], is_mass=bool(row["mass"]))


def _own_sentences() -> Iterator[Example]:
    for letter, lines in tomllib.loads(SENTENCES.read_text(encoding="utf-8")).items():
        for line in lines.split("\n"):
            if line.strip():
                asks = any(word in line for word in ONLY_ASKS) or line.endswith("吗")
                yield _example("", line, letter, 1 if asks else 2)


def _example(
    title: str | None, text: str, kind: str, urgency: int = 0, *, worth: float = 1.0, is_mass: bool | None = None
) -> Example:
    return Example(normalise(title or ""), normalise(text), kind, urgency, is_mass, worth)


def main() -> None:
    seen = placed(examples(Path(sys.argv[1])))
    rest, held = held_back(seen)
    figures = {"kinds": macro_f1(fitted(rest, version="trial"), held), "examples": len(seen), "held_back": len(held)}
    weights = replace(fitted(seen, version="shipped"), figures=figures)
    SHIPPED.write_text(json.dumps(written(weights), separators=(",", ":")) + "\n", encoding="utf-8")
    print(figures)


if __name__ == "__main__":
    main()
