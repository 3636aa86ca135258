"""The example as a world for tests: loaded once for a module, and rolled back at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import transaction


@contextmanager
def the_example(blocker: Any) -> Iterator[None]:
    """``blocker`` is pytest-django's; needs a database that was set up."""
    with blocker.unblock(), transaction.atomic():
        call_command("load_example", verbosity=0)
        yield
        transaction.set_rollback(True)
