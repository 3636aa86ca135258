"""Whether this installation shows the example."""

from django.db import models


class LoadedExample(models.Model):
    """One row where the example was loaded: bin/start then marks every page and sets the story's clock."""

    loaded_at = models.DateTimeField()
    today = models.DateField(help_text="the day on which the example's story stands")
