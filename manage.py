#!/usr/bin/env python
"""Django's own command line; people who operate the system use bin/thongsuot."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.config.settings")
    execute_from_command_line(sys.argv)
