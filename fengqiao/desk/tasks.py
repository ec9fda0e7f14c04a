"""Work that takes longer than a page may: verifying the whole record. Its result waits in the notices."""

import time
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from fengqiao.ledger.models import Entry
from fengqiao.ledger.verify import verify
from fengqiao.people.models import User

from .events import RecordVerified
from .records import tell

MOST_FINDINGS = 50


@task()
def verify_record(user_id: int) -> None:
    """Prove everything and tell the one who asked. The result goes into the ledger like all that matters."""
    begun, entries = time.monotonic(), Entry.objects.count()
    findings = [str(finding) for finding in islice(verify(), MOST_FINDINGS)]
    result = _("发现 %(n)d 处不符") % {"n": len(findings)} if findings else _("完整，没有被改过")
    event = RecordVerified(
        entries=entries, seconds=round(time.monotonic() - begun), result=result, findings=findings
    )  # fmt: skip
    with transaction.atomic():
        tell(event, by=User.objects.get(pk=user_id))
