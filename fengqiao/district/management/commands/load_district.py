"""./run load-district NAME: check a district's folder and load it; --check only checks."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.utils.translation import gettext as _

from fengqiao.district import loading, reading
from fengqiao.district.loading import Loaded
from fengqiao.district.problems import Broken
from fengqiao.district.schema import ACCOUNTS
from fengqiao.kernel.errors import Refused


class Command(BaseCommand):
    help = "Load districts/NAME: levels, places, bodies, windows, code tables, limits, accounts. Loading again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="a folder in districts/, or a path")
        parser.add_argument("--check", action="store_true", help="read and check only, save nothing")

    def handle(self, *args: Any, name: str, check: bool, **options: Any) -> None:
        try:
            district = reading.read(name)
            if check:
                rows = sum(len(table) for table in district.tables.values())
                self.stdout.write(_("%(name)s：%(rows)d 行，没有问题。") % {"name": name, "rows": rows})
                return
            self._tell(loading.load(district))
        except (Broken, Refused) as no:
            raise CommandError(str(no)) from no
        except IntegrityError as error:
            told = _("数据库拒绝了，什么都没有载入；也许另一个载入正在进行：%(reason)s")
            raise CommandError(told % {"reason": error}) from error

    def _tell(self, loaded: Loaded) -> None:
        if not loaded.changed:
            self.stdout.write(_("%(name)s：没有变化。 No change.") % {"name": loaded.district})
            return
        for file, tally in loaded.tallies.items():
            told = _("%(file)s：新增 %(created)d，更新 %(updated)d，没有变化 %(same)d") % {
                "file": file, "created": tally.created, "updated": tally.updated, "same": tally.same,
            }  # fmt: skip
            self.stdout.write(told)
        if settings.ENVIRONMENT == "production" and loaded.tallies[ACCOUNTS.file].created:
            self.stdout.write(
                _("新账号没有密码，还不能登录。先给安全管理员一个临时密码：./run first_password 用户名，其他人由他来设")
                + "\nNew accounts have no password yet. Give the security administrator one: ./run first_password USERNAME; they do the rest."
            )
