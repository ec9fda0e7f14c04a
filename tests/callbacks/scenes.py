"""Disputes that are over, with the papers that a file needs."""

import subprocess
import sys
from pathlib import Path

from fengqiao.callbacks import commands
from fengqiao.disputes.lifecycle import Act, State
from fengqiao.fulfilment.commands import record_performance
from fengqiao.papers.commands import add_upload
from fengqiao.papers.models import PaperKind
from tests.fulfilment.scenes import Scene, a_scan, agreed, step, today, under_mediation

VERIFIER = Path(__file__).resolve().parents[2] / "tools" / "verify_archive.py"
WHOLE = (
    (PaperKind.INTAKE_REGISTER, "受理登记表"),
    (PaperKind.RIGHTS_NOTICE, "权利义务告知书"),
    (PaperKind.IDENTITY, "身份证明"),
    (PaperKind.MINUTES, "调解记录（第 1 次）"),
    (PaperKind.AGREEMENT, "人民调解协议书"),
)


def papers(scene: Scene, kinds=WHOLE) -> Scene:
    for kind, title in kinds:
        add_upload(scene.dispute, a_scan(), kind=kind, title=title, by=scene.clerk)
    return scene


def performed(**kw) -> Scene:
    scene = agreed(((8600_00, 10),), **kw)
    record_performance(scene.obligations[0], on=today(), amount_fen=8600_00, how="cash", proof=None, by=scene.receiver)
    assert scene.state == State.PERFORMED
    return scene


def closed(scene: Scene | None = None) -> Scene:
    scene = scene or performed()
    commands.close(scene.fresh(), outcome="", remark="", by=scene.clerk)
    scene.fresh()
    return scene


def called(scene: Scene, rating="satisfied", *, words="", party=None, by=None, how="phone"):
    return commands.call_back(
        scene.fresh(), party=party or scene.creditor, how=how, rating=rating, words=words, by=by or scene.clerk
    )


def failed() -> Scene:
    scene = under_mediation()
    step(scene.dispute, Act.FAIL, by=scene.mediator)
    scene.fresh()
    return scene


def ready() -> Scene:
    """Closed, called back, and nothing is missing."""
    scene = closed(papers(performed()))
    called(scene)
    return scene


def archived(scene: Scene | None = None, years=None):
    scene = scene or ready()
    return scene, commands.archive(scene.fresh(), years=years, by=scene.clerk)


def verifier(package: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(package)], capture_output=True, text=True, check=False
    )
