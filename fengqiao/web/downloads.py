"""A list that leaves the house as a file: named by what it is and when, never kept on the way."""

from django.http import HttpResponse
from django.utils import timezone

from fengqiao.tables.writing import FORMATS, Tables, written


def table_file(tables: Tables, *, name: str, format: str = "csv") -> HttpResponse:
    """<name>-20260308-0930.csv to be saved. Put it on record before."""
    answer = HttpResponse(written(tables, format=format), content_type=FORMATS[format])
    answer["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localtime():%Y%m%d-%H%M}.{format}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
