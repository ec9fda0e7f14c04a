"""`./run token USER`: issue an API token for an account, revoke them, or list them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from fengqiao.api.models import Token, issue
from fengqiao.people.models import User


class Command(BaseCommand):
    help = "Issue an API token. It is shown once; only its digest is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="api", help="what it is for")
        parser.add_argument("--days", type=int, default=365, help="how long it is good for")
        parser.add_argument("--revoke", action="store_true", help="revoke all tokens of this account instead")

    def handle(self, *args: Any, username: str, name: str, days: int, revoke: bool, **options: Any) -> None:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(_("没有账号 %(name)s，或者已经停用。") % {"name": username})
        if days < 1:
            raise CommandError(_("有效天数至少是 1。"))
        if revoke:
            n = Token.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
            self.stdout.write(_("已作废 %(n)d 个令牌。") % {"n": n})
            return
        self.stdout.write(issue(user, name=name[:60], days=days))
        self.stderr.write(_("令牌只显示这一次，请保存好。有效 %(days)d 天。") % {"days": days})
