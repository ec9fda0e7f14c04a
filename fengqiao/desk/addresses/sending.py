"""Tables of addresses as files: written out after it was put on record, and taken in from what was uploaded."""

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from fengqiao.desk.events import AddressesExported
from fengqiao.desk.exports import FORMATS
from fengqiao.desk.records import tell
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import User
from fengqiao.places.models.addresses import AddressQuerySet

from .importing import MOST_ROWS, Done, take
from .table import rows_of

LARGEST = 10 * 1024 * 1024  # bytes


def sent(addresses: AddressQuerySet, *, what: str, format: str, by: User) -> HttpResponse:
    """The file, after it was logged. Refused for an unknown format and for more rows than can come back in."""
    if format not in FORMATS:
        raise Refused(_("只能导出 CSV 或者 XLSX。"))
    rows = addresses.order_by()[: MOST_ROWS + 1].count()
    if rows > MOST_ROWS:
        raise Refused(_("超过 %(most)d 个，一次导不出来。请按镇街分几次导出。") % {"most": MOST_ROWS})
    with transaction.atomic():
        tell(AddressesExported(what=what, rows=rows, format=format), by=by)
    content = _csv(addresses) if format == "csv" else _xlsx(addresses)
    answer = HttpResponse(content, content_type=FORMATS[format])
    name = f"addresses-{timezone.localtime():%Y%m%d-%H%M}.{format}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def received(upload: UploadedFile, *, why: str, by: User) -> Done:
    """What became of the rows of an uploaded table. Refused as `take` refuses."""
    if (upload.size or 0) > LARGEST:
        raise Refused(_("文件超过 10 MB，请分成几份。"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{Path(upload.name or '').suffix.lower()[:6]}"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        return take(path, why=why, by=by)


def _csv(addresses: AddressQuerySet) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows_of(addresses))
    return text.getvalue().encode("utf-8-sig")  # the mark is for Excel


def _xlsx(addresses: AddressQuerySet) -> bytes:
    book: Any = Workbook(write_only=True)
    sheet = book.create_sheet(_("地址库"))
    for row in rows_of(addresses):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
