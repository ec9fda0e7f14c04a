"""What staff do from the desk that is no step of one dispute's life, and still goes on record."""

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from fengqiao.kernel.errors import Refused
from fengqiao.ledger.models import Entry
from fengqiao.people.models import User

from .events import FiguresExported, ListExported
from .records import tell
from .tasks import verify_record


@transaction.atomic
def record_export(*, what: str, rows: int, format: str, by: User) -> Entry:
    """Write down that a list of disputes left the house, before it does. Source: 数据安全法 27, 个人信息保护法 51."""
    return tell(ListExported(what=what, rows=rows, format=format), by=by)


@transaction.atomic
def record_figures(*, what: str, rows: int, format: str, by: User) -> Entry:
    """The same for figures, which name nobody. Source: 数据安全法 27."""
    return tell(FiguresExported(what=what, rows=rows, format=format), by=by)


@transaction.atomic
def ask_to_verify(*, by: User) -> None:
    """Have the whole record proved in the background. Refused while another proof is under way."""
    under_way = DBTaskResult.objects.filter(
        task_path=verify_record.module_path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    )
    if under_way.exists():
        raise Refused(_("已经在核对了，核对完会有通知，请等一等。"))
    verify_record.enqueue(by.pk)
