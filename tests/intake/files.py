"""Files for the import, sound and broken."""

import io
import json
import zipfile
from pathlib import Path

import openpyxl

HEADER = ["编号", "申请人", "电话", "对方", "事由", "日期"]
ROW = ["A-1", "吴建芳", "13857219061", "余家漾物业", "小区电梯三个月坏了七次。", "2026-03-08"]


def a_letter(n: int = 1, **kw) -> dict:
    letter = {
        "id": f"x-{n}",
        "date": "2022-05-10",
        "title": f"路灯不亮 {n}",
        "text": f"东街路灯第 {n} 次不亮，请修。",
        "dispute16": "R",
    }
    return {**letter, "reply": "已派人查看。", **kw}


def letters(path: Path, *found: dict) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found), encoding="utf-8")
    return path


def table(path: Path, *rows: list, header=HEADER) -> Path:
    """The same table as CSV or XLSX, by the name of the file."""
    if path.suffix == ".csv":
        path.write_text("".join(",".join(map(str, row)) + "\r\n" for row in (header, *rows)), encoding="utf-8-sig")
        return path
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.active.append(row)
    book.save(path)
    return path


def rezipped(path: Path, **parts: bytes) -> Path:
    """The workbook with parts added or replaced; `__` stands for `/`, a name may carry dots as `_dot_`."""
    source = io.BytesIO(path.read_bytes())
    named = {name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in named:
                new.writestr(part, old.read(part))
        for name, data in named.items():
            new.writestr(name, data)
    return path
