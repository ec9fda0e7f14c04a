"""./run demo: builds a small living district on an empty database and tells its accounts; never in production."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.disputes.models import Dispute
from fengqiao.district import reading
from fengqiao.district.demo import building
from fengqiao.district.demo.accounts_table import table
from fengqiao.district.demo.stories import STORIES
from fengqiao.district.demo.worker_rounds import Rounds, connection_kept
from fengqiao.district.problems import Broken
from fengqiao.district.reading import District


class Command(BaseCommand):
    help = "Build the demonstration through the commands that people use, and tell its accounts. Never in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="build only if there are no disputes yet")
        parser.add_argument("--accounts", action="store_true", help="only tell the accounts of the one that was built")
        parser.add_argument("--count", type=int, default=len(STORIES), help="how many disputes (default %(default)s)")

    def handle(self, *args: Any, if_empty: bool, accounts: bool, count: int, **options: Any) -> None:
        if settings.ENVIRONMENT == "production":
            raise CommandError(_("正式环境不建演示：演示的账号和密码人人都知道。 No demonstration in production."))
        if not accounts and (not if_empty or not Dispute.objects.exists()):
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
