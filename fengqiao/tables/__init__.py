"""Tables in and out, whoever they are for: CSV and workbooks looked over, read as text by one rule, written with safe cells.

A room without a database. Who reads a table says in a `Layout` which columns it has and what they hold.
"""

from .layout import Column, Holds, Layout
from .reading import Line, rows, rows_of_upload
from .writing import FORMATS, refuse_unknown, written

__all__ = ["FORMATS", "Column", "Holds", "Layout", "Line", "refuse_unknown", "rows", "rows_of_upload", "written"]
