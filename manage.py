#!/usr/bin/env python3
"""Django's command line for Fengqiao. `./run help` lists the commands people need."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from fengqiao.config.environment import UnsafeSettings


def main() -> None:
    """Run one command; unsafe or wrong settings and missing tables end in their sentence, not in a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengqiao.config.settings")
    try:
        execute_from_command_line(sys.argv)
    except UnsafeSettings as refusal:
        sys.exit(str(refusal))
    except DatabaseError:
        if not _tables_are_old():
            raise
        sys.exit(
            "数据库里还没有数据表，或者数据表不是这一版的。先运行 ./run migrate\n"
            "The database lacks tables, or they are of another version. First: ./run migrate"
        )


def _tables_are_old() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return False


if __name__ == "__main__":
    main()
