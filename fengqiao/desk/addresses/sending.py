"""The library's addresses as a file, after it was put on record."""

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from fengqiao.desk.events import AddressesExported
from fengqiao.desk.records import tell
from fengqiao.kernel.errors import Refused
from fengqiao.people.models import User
from fengqiao.places.models.addresses import AddressQuerySet
from fengqiao.tables import refuse_unknown
from fengqiao.web.downloads import table_file

from .table import LAYOUT, rows_of


def sent(addresses: AddressQuerySet, *, what: str, format: str, by: User) -> HttpResponse:
    """The file, after it was logged. Refused for an unknown format and for more rows than can come back in."""
    refuse_unknown(format)
    rows = addresses.order_by()[: LAYOUT.most + 1].count()
    if rows > LAYOUT.most:
        raise Refused(_("超过 %(most)d 个，一次导不出来。请按镇街分几次导出。") % {"most": LAYOUT.most})
    with transaction.atomic():
        tell(AddressesExported(what=what, rows=rows, format=format), by=by)
    return table_file({_("地址库"): rows_of(addresses)}, name="addresses", format=format)
