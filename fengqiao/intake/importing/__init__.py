"""Letters and tables of disputes in files: every row registered, known already, or refused with its number and reason.

A file is read twice: first whole, so that a file that is not what it should be is refused with nothing saved; then row
by row, each in its own transaction, so that a reading that was cut off is simply begun again. docs/import.md has the shapes.
"""

from .report import ImportReport
from .running import check_file, import_file

__all__ = ["ImportReport", "check_file", "import_file"]
