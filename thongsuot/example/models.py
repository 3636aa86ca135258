"""Whether this installation shows the example."""

from functools import lru_cache

from django.db import DatabaseError, models


class LoadedExample(models.Model):
    """One row where the example was loaded: its pages are then marked as made up."""

    loaded_at = models.DateTimeField()
    today = models.DateField(help_text="the day on which the example's story stands")


@lru_cache(maxsize=1)
def _loaded() -> bool:
    return LoadedExample.objects.exists()


def example_is_loaded() -> bool:
    """Asked on every page: answered once a process, since an installation is the example or is not."""
    try:
        if _loaded():
            return True
        _loaded.cache_clear()
    except DatabaseError:
        _loaded.cache_clear()
    return False
