"""To the archive: what was promised is done and proved, both are asked how it was, the file is put away and checked without us."""

import shutil
import subprocess
import sys
from pathlib import Path

from fengqiao.district.demo.drawing import photo

from .cast import Cast

VERIFIER = Path(__file__).resolve().parents[2] / "tools" / "verify_archive.py"


def he_pays_and_she_confirms(cast: Cast) -> None:
    """The first part, four days early: he says so with a screenshot, and she that it came."""
    cast.it_is("12-04T18:40")
    him, her = cast.respondent, cast.resident
    cast.comes_back(him)
    him.reads("轮到您了", "支付工资第一期")
    him.is_filmed("my-page-to-pay")
    him.follows("做好了，记一笔")
    him.ticks("转账")
    him.hands_in(photo("转账截图"), "转账截图.png")
    him.is_filmed("paid")
    him.presses("记下")
    him.page.wait_for_url("**/my/")
    him.reads("等对方核对")
    cast.it_is("12-05T08:10")
    cast.comes_back(her)
    her.reads("对方说做好了", "支付工资第一期")
    her.is_filmed("my-page-to-confirm")
    her.follows("我来核对")
    her.ticks("是，收到了")
    her.is_filmed("confirm")
    her.presses("就这样")
    her.page.wait_for_url("**/my/")
    her.reads("一共 2 项，做好了 1 项")
    her.is_filmed("my-page-half-done")


def the_rest_is_paid_with_a_receipt(cast: Cast) -> None:
    """The second part is paid in the office; the mediator records it, and all is performed."""
    cast.it_is("12-23T10:05")
    mediator = cast.desk("gumin", "mediator")
    mediator.goes("/desk/performing/")
    mediator.is_filmed("performing")
    mediator.goes(cast.address)
    mediator.follows("记录履行")
    mediator.writes("付了多少", "6600")
    mediator.ticks("现金")
    mediator.hands_in(photo("王小梅写的收条"), "收条.png")
    mediator.is_filmed("receipt")
    mediator.presses("记录履行")
    mediator.reads("已记下")
    mediator.is_filmed("performed")


def it_is_closed(cast: Cast) -> None:
    """The committee's head looks at the receipts and closes it."""
    cast.it_is("12-24T09:20")
    head = cast.at_it("sunguoliang", "committee")
    head.follows("办结")
    head.writes("办结说明", "两期工资都已付清，凭证在卷。")
    head.is_filmed("close")
    head.presses("办结")
    head.reads("已办结，请回访")


def they_are_asked_how_it_was(cast: Cast) -> None:
    """The centre's manager, who had no part in it, rings him; she rates it herself."""
    cast.it_is("12-28T14:00")
    manager = cast.desk("zhuhaibo", "manager")
    manager.is_filmed("worklist")
    manager.goes("/desk/callbacks/")
    manager.is_filmed("callbacks")
    manager.follows("回访", within="main table")
    manager.page.get_by_label("被申请人 周*良").check()
    manager.ticks("基本满意", exact=True)
    manager.writes("他怎么说", "调解员公道，钱分两次付压力小些。")
    manager.is_filmed("call-back")
    manager.presses("回访")
    manager.reads("已记下回访")
    her = cast.resident
    cast.comes_back(her)
    her.reads("请您打个分")
    her.is_filmed("my-page-to-rate")
    her.follows("打个分")
    her.ticks("满意", exact=True)
    her.writes("想说的话", "钱都拿到了，谢谢顾调解员。")
    her.is_filmed("rating")
    her.presses("打分")
    her.page.wait_for_url("**/my/")


def the_file_is_put_away(cast: Cast) -> None:
    """The committee archives what it has handled (人民调解法 27)."""
    cast.it_is("12-29T15:30")
    head = cast.at_it("sunguoliang", "committee")
    head.is_filmed("ready-to-archive")
    head.follows("归档")
    head.is_filmed("archive")
    head.presses("归档")
    head.reads("已归档，可以下载卷宗")
    head.is_filmed("archived")


def the_package_holds_without_us(cast: Cast, folder: Path) -> None:
    """The manager takes the file away; a program that imports nothing of ours finds it whole."""
    manager = cast.at_it("zhuhaibo", "manager")
    manager.is_filmed("archived")
    with manager.page.expect_download() as waiting:
        manager.page.locator(f"a[href='{cast.address}archive.zip']").click()
    package = folder / "package.zip"
    waiting.value.save_as(package)
    checked = subprocess.run([sys.executable, "-I", VERIFIER, package], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    shutil.copy(package, manager.film.folder)
    manager.goes(f"{cast.address}verify/")
    manager.reads("整条记录是完整的")
    manager.is_filmed("record-verified")
    manager.goes(f"{cast.address}looks/")
    manager.reads("下载卷宗")
    manager.is_filmed("who-looked")
