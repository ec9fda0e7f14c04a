"""./run demo: builds a small living district on an empty database and tells its accounts; never in production.

./run demo --year [N]: a whole year of a district instead; stopped half-way, the same command goes on with it.
"""

import gc
import sys
import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Dispute
from fengqiao.district import reading
from fengqiao.district.demo import building
from fengqiao.district.demo.accounts_table import table
from fengqiao.district.demo.stories import STORIES
from fengqiao.district.demo.worker_rounds import Rounds, connection_kept
from fengqiao.district.demo.year.closing_table import closing_table
from fengqiao.district.demo.year.living import Plan, Year
from fengqiao.district.problems import Broken
from fengqiao.district.reading import District

A_YEAR = 10_000  # disputes
BAR = 24  # cells
BETWEEN_LINES = 15  # seconds, where there is no terminal to draw a bar on


class Command(BaseCommand):
    help = "Build the demonstration through the commands that people use, and tell its accounts. Never in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="build only if there are no disputes yet")
        parser.add_argument("--accounts", action="store_true", help="only tell the accounts of the one that was built")
        parser.add_argument("--count", type=int, default=len(STORIES), help="how many disputes (default %(default)s)")

        told = "a district's year of N disputes (default %(const)s); run again, it goes on where it stopped"
        parser.add_argument("--year", type=int, nargs="?", const=A_YEAR, metavar="N", help=told)
        parser.add_argument("--seed", type=int, default=1, help="of the year: the same one gives the same year")

    def handle(self, *args: Any, if_empty: bool, accounts: bool, count: int, **options: Any) -> None:
        if settings.ENVIRONMENT == "production":
            raise CommandError(_("正式环境不建演示：演示的账号和密码人人都知道。 No demonstration in production."))
        if options.get("year") is not None:
            self._live_a_year(options["year"], options.get("seed") or 1)
        elif not accounts and (not if_empty or not Dispute.objects.exists()):
            self._build(count)
        if told := table(building.accounts(), building.residents(), building.doors()):
            self.stdout.write(told)
        elif accounts:
            raise CommandError(_("这里没有建过演示，所以没有演示账号。先运行 ./run demo"))

    def _build(self, count: int) -> None:
        if Dispute.objects.exists():
            raise CommandError(
                _("数据库里已经有纠纷，演示只建在空的系统里。换一个数据目录：FENGQIAO_HOME=目录 ./run demo")
            )
        if count < 1:
            raise CommandError(_("--count 应是 1 以上的整数"))
        district = self._district()
        with connection_kept():
            building.build(district, count=count, worker=Rounds(), told=self._progress)

    def _live_a_year(self, count: int, seed: int) -> None:
        plan = self._plan(count, seed)
        district = self._district()
        building.give_passwords(district)
        year = Year(plan, by_clock=Rounds().by_clock, told=_Bar(self))
        began = time.monotonic()
        gc.freeze()  # what is loaded by now stays; the little that each act leaves is looked through less often
        gc.set_threshold(50_000, 20, 10)
        with connection_kept():
            year.live()
        self.stdout.write(closing_table(year.acts, time.monotonic() - began, year.refused) + "\n")

    def _plan(self, count: int, seed: int) -> Plan:
        """The one that was begun here, else a new one for an empty database."""
        if count < 1:
            raise CommandError(_("--year 应是 1 以上的整数"))
        if begun := Plan.stored():
            if (begun.count, begun.seed) != (count, seed):
                words = {"count": begun.count, "seed": begun.seed}
                raise CommandError(
                    _(
                        "这里已经有一年没有模拟完：--year %(count)d --seed %(seed)d。用同样的数接着来，或者换一个数据目录。"
                    )
                    % words
                )
            return begun
        if Dispute.objects.exists():
            raise CommandError(_("数据库里已经有纠纷，模拟的一年只建在空的系统里。换一个数据目录：FENGQIAO_HOME=目录"))
        return Plan(count, seed, timezone.now().isoformat()).store()

    def _district(self) -> District:
        center = Body.objects.select_related("region").root()
        if center is None:
            raise CommandError(_("还没有载入区县。先运行 ./run load-district 名称"))
        try:
            district = reading.read_for(center.region.code[:6])
        except Broken as broken:
            raise CommandError(str(broken)) from broken
        if district is None or district.stage is None:
            raise CommandError(_("这个区县的文件夹里没有 demo.yaml，没有演示。"))
        return district

    def _progress(self, done: int, total: int) -> None:
        """3/28, in one line on a terminal."""
        end = "\r" if sys.stderr.isatty() and done < total else "\n"
        self.stderr.write(f"{done}/{total}", style_func=str, ending=end)


class _Bar:
    """How far the year is, and how long it still takes: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self, command: Command) -> None:
        self._say, self._live = command.stderr.write, sys.stderr.isatty()
        self._began = self._told = time.monotonic()
        self._before = -1

    def __call__(self, done: int, total: int, now: datetime) -> None:
        if self._before < 0:
            self._before = done
        passed = time.monotonic() - self._began
        if time.monotonic() - self._told < (0.2 if self._live else BETWEEN_LINES):
            return
        self._told = time.monotonic()
        come = done - self._before
        left = _("还要约 %(n)d 分钟") % {"n": round(passed / come * (total - done) / 60)} if come else ""
        full = BAR * done // total
        day = timezone.localdate(now)
        self._say(f"{'█' * full}{'░' * (BAR - full)} {done}/{total} {day} {left}", ending="\r" if self._live else "\n")
