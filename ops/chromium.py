"""A real browser for the tests, on any machine: the given one, the system's, or the one of the npm package."""

import io
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import brotli
import pylopdf_fonts_zh_cn

TREE = Path(__file__).resolve().parents[1]
PACKED = TREE / "node_modules" / "@sparticuz" / "chromium" / "bin"
SYSTEM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A sandbox needs rights that root and containers do not have; the tests only ever open this site.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
    # Every page is loaded, looked at once and left: what makes a page fast that stays costs more than it gains.
    "--js-flags=--single-threaded --no-turbofan --no-maglev",
    "--num-raster-threads=1",
    "--renderer-process-limit=2",
]


class BrowserMissing(RuntimeError):
    """No browser anywhere; the message says what to do."""


def folder() -> Path:
    """Where the unpacked browser and its font list are kept: inside the home folder, never in the tree."""
    home = os.environ.get("FENGQIAO_HOME") or TREE / "var"
    place = Path(os.environ.get("FENGQIAO_CHROMIUM") or Path(home) / "chromium")
    place.mkdir(parents=True, exist_ok=True)
    return place


def browser() -> Path:
    """The browser to drive: CHROME_BIN, else the one in package-lock.json, else the system's (docs/adr/0008)."""
    if given := os.environ.get("CHROME_BIN"):
        return Path(given)
    if (PACKED / "chromium.br").exists() and _runs(ours := _unpacked()):
        return ours
    for name in SYSTEM:
        if found := shutil.which(name):
            return Path(found)
    raise BrowserMissing(
        "没有浏览器：请用 ./run test 安装测试依赖，或用 CHROME_BIN 指定一个 Chromium。"
        "No browser: ./run test installs one, or name a Chromium in CHROME_BIN."
    )


def environment() -> dict[str, str]:
    """What the browser's process needs besides ours: Chinese fonts, and libraries where the machine has none."""
    extra = {"FONTCONFIG_FILE": str(_font_list())}
    libraries = folder() / "lib"
    if libraries.is_dir():
        extra["LD_LIBRARY_PATH"] = os.pathsep.join(filter(None, [str(libraries), os.environ.get("LD_LIBRARY_PATH")]))
    return {**os.environ, **extra}


def _unpacked() -> Path:
    target = folder() / "chromium"
    packed = PACKED / "chromium.br"
    if target.exists() and target.stat().st_mtime >= packed.stat().st_mtime:
        return target
    # Several test processes may unpack at once: each writes its own draft, the last rename wins.
    draft = target.with_name(f"chromium.{os.getpid()}")
    draft.write_bytes(brotli.decompress(packed.read_bytes()))
    draft.chmod(0o755)
    if _lacks_libraries(draft):
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress((PACKED / "al2023.tar.br").read_bytes()))) as archive:
            archive.extractall(folder(), filter="data")
    draft.replace(target)
    return target


def _runs(program: Path) -> bool:
    """Not on a machine of another make, for which the package brings nothing."""
    try:
        return subprocess.run([program, "--version"], env=environment(), capture_output=True).returncode == 0
    except OSError:
        return False


def _lacks_libraries(program: Path) -> bool:
    ldd = shutil.which("ldd")
    if ldd is None:
        return True
    return "not found" in subprocess.run([ldd, str(program)], capture_output=True, text=True).stdout


def _font_list() -> Path:
    """A fontconfig file: our Chinese fonts beside the system's, so that a bare machine draws no boxes."""
    fonts = Path(pylopdf_fonts_zh_cn.sans_path()).parent
    listing = folder() / "fonts.conf"
    text = (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"  <dir>{fonts}</dir>\n  <dir>/usr/share/fonts</dir>\n  <cachedir>{folder() / 'fonts'}</cachedir>\n"
        + "".join(
            f"  <alias><family>{generic}</family><prefer><family>{ours}</family></prefer></alias>\n"
            for generic, ours in (("sans-serif", "Noto Sans SC"), ("serif", "Noto Serif SC"))
        )
        + "</fontconfig>\n"
    )
    if not listing.exists() or listing.read_text() != text:
        draft = listing.with_name(f"fonts.{os.getpid()}")
        draft.write_text(text)
        draft.replace(listing)
    return listing
