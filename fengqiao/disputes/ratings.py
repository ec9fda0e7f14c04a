"""How people were reached once their dispute was over, and what they said of it. Handbook 4: 群众满意率."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Contact(TextChoices):
    PHONE = "phone", _("电话")
    VISIT = "visit", _("上门")
    ONLINE = "online", _("网上")
    SMS = "sms", _("短信")


class Rating(TextChoices):
    SATISFIED = "satisfied", _("满意")
    FAIRLY = "fairly", _("基本满意")
    DISSATISFIED = "dissatisfied", _("不满意")
    UNREACHED = "unreached", _("未接通")
