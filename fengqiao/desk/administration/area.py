"""The one way in which a page of the administration learns whether it is for this person."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from fengqiao.people.duties import Duty, may, whose
from fengqiao.people.models import User
from fengqiao.web.actors import staff


def on_duty(request: HttpRequest, duty: Duty) -> User:
    """The administrator whose duty this is; PermissionDenied for anybody else."""
    user = staff(request)
    if not may(user, duty):
        raise PermissionDenied(_("这一页只给%(role)s看。") % {"role": whose(duty).label})
    return user
