"""What readers type for what the texts say."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Abbreviation(models.Model):
    """PCTN for phòng, chống tham nhũng: a search for one finds the other."""

    short = models.CharField(_("abbreviation"), max_length=20)
    full = models.CharField(_("in full"), max_length=120)

    class Meta:
        ordering = ["short", "full"]
        constraints = [models.UniqueConstraint("short", "full", name="one_abbreviation")]

    def __str__(self) -> str:
        return f"{self.short} = {self.full}"
