"""./run load-district NAME: check a district's folder and load it; --check only checks, --diff says what would change."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.utils.translation import gettext as _

from fengqiao.district import differing, loading, reading
from fengqiao.district.differing import NAMED, Difference
from fengqiao.district.loading import Loaded
from fengqiao.district.problems import Broken
from fengqiao.district.schema import ACCOUNTS
from fengqiao.kernel.errors import Refused


class Command(BaseCommand):
    help = "Load districts/NAME: levels, places, bodies, windows, code tables, limits, accounts. Loading again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="a folder in districts/, or a path")
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--check", action="store_true", help="read and check only, save nothing")
        only.add_argument(
            "--diff", action="store_true", help="say what would change and who would see what; save nothing"
        )

    def handle(self, *args: Any, name: str, check: bool, diff: bool, **options: Any) -> None:
        try:
            district = reading.read(name)
            if check:
                rows = sum(len(table) for table in district.tables.values())
                self.stdout.write(_("%(name)s：%(rows)d 行，没有问题。") % {"name": name, "rows": rows})
            elif diff:
                self._say(differing.differ(district))
            else:
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

    def _say(self, difference: Difference) -> None:
        for line in (*_rows(difference.loaded), *_sight(difference)):
            self.stdout.write(line)


def _rows(loaded: Loaded) -> Iterator[str]:
    if not loaded.changed:
        yield _("%(name)s：没有变化。 No change.") % {"name": loaded.district}
    for file, tally in loaded.tallies.items():
        if tally.new:
            yield _("%(file)s 新增 %(n)d：%(rows)s") % {"file": file, "n": len(tally.new), "rows": _some(tally.new)}
        for change in tally.changes:
            words = {
                "file": file, "row": change.row, "column": change.column,
                "before": change.before or _("（空）"), "after": change.after or _("（空）"),
            }  # fmt: skip
            yield _("%(file)s %(row)s 的 %(column)s：%(before)s → %(after)s") % words


def _sight(difference: Difference) -> Iterator[str]:
    if not difference.sight:
        yield _("看得到哪些纠纷：谁都没有变。")
    for one in difference.sight:
        if one.lost:
            yield _("%(person)s 不再看得到 %(n)d 件：%(numbers)s") % {
                "person": one.person, "n": len(one.lost), "numbers": _some(one.lost),
            }  # fmt: skip
        if one.gained:
            yield _("%(person)s 开始看得到 %(n)d 件：%(numbers)s") % {
                "person": one.person, "n": len(one.gained), "numbers": _some(one.gained),
            }  # fmt: skip


def _some(names: list[str]) -> str:
    return "、".join(names[:NAMED]) + ("……" if len(names) > NAMED else "")
