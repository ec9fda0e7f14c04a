"""Is the process alive, and is it ready to serve? For balancers and supervisors; says nothing about anybody."""

import os
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, tables and files are there; 503 names what is not."""
    checks = {name: _holds(check) for name, check in CHECKS.items()}
    return JsonResponse(
        {"status": "ok" if all(checks.values()) else "not ready", **checks}, status=200 if all(checks.values()) else 503
    )


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # whatever is wrong, the answer is "not ready"
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _files() -> bool:
    return os.access(settings.FENGQIAO_HOME, os.W_OK)


CHECKS = {"database": _database, "migrations": _migrated, "files": _files}
