"""What a reader of files was not sure of."""

from django.db import models

from thongsuot.library.models.documents import Edition
from thongsuot.library.models.mends import Mend


class Doubt(models.Model):
    """Something in an imported text that a person should look at; the next import finds its own."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="doubts")
    anchor = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, help_text="run-in, caption, number, picture, table")
    detail = models.CharField(max_length=300, blank=True)
    # A doubt that was looked at stays, so that undoing the mend brings it back.
    mend = models.ForeignKey(Mend, on_delete=models.SET_NULL, null=True, related_name="doubts")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("edition", "anchor", "kind", "detail", name="one_doubt")]
