"""A district's folder to break: a copy of Wuxing's, with one thing changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

WUXING = Path(__file__).resolve().parents[2] / "districts" / "wuxing"


def a_folder(tmp_path: Path) -> Path:
    """A copy of Wuxing's folder that a test may change."""
    return Path(shutil.copytree(WUXING, tmp_path / "wuxing"))


def a_small_folder(tmp_path: Path) -> Path:
    """The same without the places that no body works for: what is read again and again is quicker to read."""
    folder = a_folder(tmp_path)
    bodies = (folder / "bodies.csv").read_text(encoding="utf-8")
    lines = (folder / "regions.csv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line[:1].isdigit() or line.split(",")[0] in bodies]
    (folder / "regions.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    (folder / "demo.yaml").unlink()
    return folder


def change(file: Path, old: str, new: str) -> None:
    """Replace the first `old`, which must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} has no {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(file: Path, words: str) -> int:
    """The line of the first occurrence."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if words in line)


Break = Callable[[Path], None]


def replacing(file: str, old: str, new: str) -> Break:
    return lambda folder: change(folder / file, old, new)


def adding(file: str, line: str) -> Break:
    def do(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as end:
            end.write(line + "\n")

    return do


def writing(file: str, data: bytes) -> Break:
    return lambda folder: (folder / file).write_bytes(data) and None


def without(file: str) -> Break:
    return lambda folder: (folder / file).unlink()
