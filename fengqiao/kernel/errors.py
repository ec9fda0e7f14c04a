"""How the house says no: a refusal always carries a sentence for the person who asked."""


class Refused(Exception):
    """The rules say no, and say why, in words a person may read."""


class Stale(Refused):
    """Somebody else changed it meanwhile; look again before you decide."""


class CalendarMissing(Refused):
    """The answer hangs on a day whose working-day calendar has not been published (or is not loaded)."""


class FileRefused(Refused):
    """The file as a whole cannot be taken; nothing of it was saved."""
