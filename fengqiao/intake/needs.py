"""What somebody needs of us, as they said it when they came: kept as codes with the party, shown as words."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

ELDER, DEAF, FILED_BY_OTHER = "elder", "deaf", "filed_by_other"
NO_SMS = "no_sms"
IN_PERSON, BY_PHONE = "talk_in_person", "talk_by_phone"
CARE = [(ELDER, _("老人")), (DEAF, _("听障")), (FILED_BY_OTHER, _("代办")), (NO_SMS, _("不要发短信"))]
WORDS = {**dict(CARE), IN_PERSON: _("想当面谈"), BY_PHONE: _("想电话里谈")}


def in_words(needs: Iterable[str]) -> list[str]:
    """Each need in the reader's language; a code that nobody knows any more as it is."""
    return [str(WORDS.get(need, need)) for need in needs]
