"""./run first_password USERNAME: a temporary password for the first administrator, or for one whom nobody else can help."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from fengqiao.people import passwords
from fengqiao.people.models import SYSTEM, User


class Command(BaseCommand):
    help = "Give an account a temporary password, told once and to be changed at sign-in. It goes into the ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(_("没有这个账户，或者已经停用：%(name)s") % {"name": username})
        temporary = passwords.reset(user, reason=_("由系统运行人员在服务器上设置"), by=SYSTEM)
        self.stdout.write(_("临时密码（只显示这一次，登录后要马上换）：%(text)s") % {"text": temporary})
