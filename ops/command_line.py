"""What `./run` can do, once the environment is there: start everything, serve, test, or one command of manage.py."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from ops import start
from ops.pgnode import Node, PostgresMissing
from tools.console import Stopped, say, speak_utf8

TREE = Path(__file__).resolve().parents[1]

# name, Chinese, English; those without an own function are manage.py's.
COMMANDS = (
    ("", "安装、建库、载入演示数据并启动", "set up, migrate, load the demo and start"),
    ("serve", "只启动网页服务", "the web server alone"),
    ("worker", "只启动后台任务", "the worker alone"),
    ("migrate", "升级数据表", "bring the tables up to date"),
    (
        "demo",
        "建立演示案件（--accounts 列出账号，--year 模拟一年）",
        "build the demo (--accounts: who signs in, --year: a district-year)",
    ),
    (
        "load-district",
        "载入一个区县：load-district wuxing（--check 核对，--diff 先看变化）",
        "load a district's folder (--check, --diff)",
    ),
    (
        "export-district",
        "把已载入的区县写成文件夹：export-district 文件夹",
        "write the loaded district as a folder again",
    ),
    ("import", "批量导入信件：import 文件", "import letters from a JSONL, CSV or XLSX file"),
    ("verify", "核对台账、签名与文件是否被改动", "check ledger, signatures and files for changes"),
    (
        "evaluate",
        "评测理解地址、文字、期限的能力：evaluate address|classify|duplicates|entities|deadlines < 文件（--score 计分）",
        "answer or score an evaluation: evaluate classify < FILE",
    ),
    (
        "train",
        "用已经定了类型的纠纷训练文字理解（--back 退回）",
        "teach the reading of texts by what people decided (--back)",
    ),
    (
        "bench",
        "测量速度（SQLite 与 PostgreSQL）；bench queue：排队承诺时间准不准",
        "measure, on SQLite and PostgreSQL; bench queue: how far promised waits are off",
    ),
    ("token", "为某个账号签发接口令牌：token 账号", "issue an API token for an account"),
    ("shell", "Python 交互环境", "a Python shell"),
    ("test", "运行全部测试；带参数时只运行所选测试", "run every test; with arguments only those"),
    ("lint", "只做静态检查", "the static checks alone"),
    ("coverage", "测试覆盖率", "what the tests reach"),
    ("help", "显示本说明", "this list"),
)


def main(arguments: list[str]) -> int:
    """Run one command. `--pg` before it: on an embedded PostgreSQL kept in the home folder."""
    speak_utf8()
    os.chdir(TREE)
    with_pg = arguments[:1] == ["--pg"]
    arguments = arguments[1:] if with_pg else arguments
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    known = {spelled for command, _, _ in COMMANDS for spelled in (command, command.replace("-", "_"))}
    if name in {"help", "-h", "--help"}:
        return _help()
    if name not in known and not _of_django(name):
        say(f"没有“{name}”这个命令。There is no command {name!r}.\n")
        _help()
        return 1
    try:
        if with_pg:
            os.environ["DATABASE_URL"] = embedded_url()
        return _run(name, rest)
    except KeyboardInterrupt:
        say("\n已停止。 Stopped.")
        return 130
    except (Stopped, PostgresMissing) as stopped:
        say(stopped.sentences if isinstance(stopped, Stopped) else str(stopped))
        return 1


def embedded_url() -> str:
    """The address of the PostgreSQL in the home folder, started unless it runs already; it ends with this process."""
    folder = Path(os.environ.get("FENGQIAO_HOME") or TREE / "var").expanduser().resolve() / "pg"
    node = Node("kept", folder=folder, durable=True, conf="shared_buffers=256MB\nmax_connections=100\n")
    if not node.running():
        node.init().start().create("fengqiao")
    return node.url("fengqiao")


def _run(name: str, rest: list[str]) -> int:
    environ = dict(os.environ)
    if name == "":
        return start.start_all(environ)
    if name == "serve":
        return start.serve(environ)
    if name == "bench" and rest[:1] == ["queue"]:
        environ.setdefault("DJANGO_SETTINGS_MODULE", "fengqiao.config.settings")
        os.execve(sys.executable, [sys.executable, "-m", "ops.bench.queue", *rest[1:]], environ)
    if name == "bench":
        os.execve(sys.executable, [sys.executable, "-m", "ops.bench", *rest], environ)
    if name in {"test", "lint", "coverage"}:  # a program of its own: only the test set-up has what it imports
        os.execve(sys.executable, [sys.executable, "-m", "ops.suite", name, *rest], environ)
    if name == "demo" and start.is_development(environ) and not {"--help", "-h"} & set(rest):
        start.prepared(environ)  # in an empty home folder it stands on nothing yet
    return start.manage(name.replace("-", "_"), rest, environ)


def _of_django(name: str) -> bool:
    """Whether it is one of manage.py's further commands, such as changepassword."""
    done = subprocess.run([sys.executable, "manage.py", "help", "--commands"], capture_output=True, text=True)
    return name.replace("-", "_") in done.stdout.split()


def _help() -> int:
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `./run help | head` ends quietly
    print("枫桥 Fengqiao\n")
    for name, chinese, english in COMMANDS:
        print(f"  ./run {name:<14} {chinese} · {english}")
    print(
        "\n  ./run --pg …         改用数据目录里的 PostgreSQL · the same on a PostgreSQL kept in the home folder\n\n"
        "  环境变量 · environment: HOST PORT FENGQIAO_HOME DATABASE_URL REDIS_URL SECRET_KEY ALLOWED_HOSTS\n"
        "                        FENGQIAO_ENV=production WORKERS THREADS PYTHON CHROME_BIN PG_BIN"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
