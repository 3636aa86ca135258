"""What the search index has not taken up yet."""

from django.db import models


class Unindexed(models.Model):
    """A document that changed: noted in the same transaction, taken away once its entries are written.

    One document may wait more than once, and may itself be gone: no foreign key.
    """

    document_key = models.BigIntegerField()
