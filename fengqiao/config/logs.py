"""How the installation logs: one line an event, structured in production, never with personal data."""

import json
import logging
import re

# Long digit runs are phone, identity or account numbers; a year-month-day has eight.
_NUMBERS = re.compile(r"(?<![0-9A-Za-z])\d{9,}[Xx]?(?![0-9A-Za-z])")
_QUERY = re.compile(r"\?\S*")
_FIELDS = ("status_code", "duration", "task", "command")


def masked(text: str) -> str:
    """The text without query strings (they may carry a code or a name) and without long numbers."""
    return _NUMBERS.sub("…", _QUERY.sub("?…", text))


class Masked(logging.Formatter):
    """A readable line for a terminal, with numbers and query strings masked, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


class JsonLines(Masked):
    """One JSON object a line, for a log collector."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        line |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["trace"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def configuration(*, json_lines: bool, quiet: bool) -> dict:
    """Django's LOGGING: everything to standard error; the process manager keeps and rotates it."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"()": Masked, "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            "json": {"()": JsonLines},
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "json" if json_lines else "text"},
        },
        "root": {"handlers": ["stderr"], "level": "ERROR" if quiet else "WARNING"},
        "loggers": {
            "fengqiao": {"level": "ERROR" if quiet else "INFO"},
            # Django's own handlers would write a second, unmasked line.
            "django": {"handlers": [], "level": "ERROR" if quiet else "WARNING", "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            # A page that was not found is no news; what broke is an ERROR.
            "django.request": {"level": "ERROR"},
            # Anybody can ask with a made-up host name; it is refused, and that is all.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }
