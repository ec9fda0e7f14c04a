"""The other ways that stay open when people's mediation does not take a matter or does not settle it."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Remedy(TextChoices):
    """What the parties must be told of when mediation ends without an agreement. Source: 人民调解法 26."""

    COURT = "court", _("向有管辖权的人民法院起诉")
    LABOUR_ARBITRATION = "labour_arbitration", _("向劳动人事争议仲裁委员会申请仲裁")
    ARBITRATION = "arbitration", _("有仲裁协议的，向仲裁委员会申请仲裁")
    RECONSIDERATION = "reconsideration", _("向行政复议机关申请行政复议")
    AGENCY = "agency", _("向主管的行政机关反映，请它处理")
    POLICE = "police", _("向公安机关报案")
    PETITION = "petition", _("向信访部门反映")
    LEGAL_AID = "legal_aid", _("向法律援助机构申请法律援助")


def in_words(remedies: Iterable[str]) -> list[str]:
    """Each remedy as it is told and printed; what is not in the list stands in its own words."""
    labels = {remedy.value: str(remedy.label) for remedy in Remedy}
    return [labels.get(remedy, remedy) for remedy in map(str, remedies) if remedy.strip()]
