#!/usr/bin/env python3
"""Django's command line for Fengqiao. `./run help` lists the commands people need."""

import os
import sys

from django.core.management import execute_from_command_line

from fengqiao.config.environment import UnsafeSettings


def main() -> None:
    """Run one command; unsafe or wrong settings end in their sentence, not in a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengqiao.config.settings")
    try:
        execute_from_command_line(sys.argv)
    except UnsafeSettings as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
