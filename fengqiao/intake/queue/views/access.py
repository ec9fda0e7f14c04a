"""Who may open the pages of a hall: those who work in it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from fengqiao.bodies.models import Body
from fengqiao.people.models import User
from fengqiao.web.actors import staff


def clerk_of(request: HttpRequest) -> tuple[User, Body]:
    """Somebody who works with people, and the body whose hall they stand in. PermissionDenied for others."""
    user = staff(request)
    if not user.works_cases or user.body is None:
        raise PermissionDenied(_("叫号是窗口、分流、调解人员和负责人的事，并且要属于一个单位。请找本单位管理员。"))
    return user, user.body


def keeper_of(request: HttpRequest) -> tuple[User, Body]:
    """Somebody who arranges the hall. PermissionDenied for others."""
    user, body = clerk_of(request)
    if not user.runs(body.pk):
        raise PermissionDenied(_("窗口由本单位负责人、分流员安排。"))
    return user, body
