"""What a person is told, once; and the address under which a calendar program reads a person's dates."""

from uuid import uuid4

from django.core.signing import Signer
from django.db import models
from django.utils.translation import gettext as _

from thongsuot.people.models import Person
from thongsuot.units.models import Unit, new_uid


class Notice(models.Model):
    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    # An English msgid with named places and its values: told in the reader's language, not the writer's.
    text = models.CharField(max_length=300)
    values = models.JSONField(default=dict, blank=True)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    once = models.CharField(max_length=120, help_text="the same key is told to a person only once")

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint("person", "once", name="told_once")]
        indexes = [models.Index(fields=["person", "read_at", "at"])]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """The notice in the reader's language; a broken value never hides the rest."""
        try:
            return _(self.text) % self.values if self.values else _(self.text)
        except (KeyError, ValueError, TypeError):
            return _(self.text)


ADDRESSES = Signer(salt="thongsuot.notices.calendar", sep=".")


class CalendarAddress(models.Model):
    """Whoever knows the address reads the calendar: it is long, signed, and a new one ends the old one.

    What is kept here is no address yet: the deployment's secret key makes it one.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_address")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    # A calendar program asks in no language: the one in which the person made the address.
    language = models.CharField(max_length=10)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person)

    @property
    def token(self) -> str:
        return ADDRESSES.sign(self.key.hex)
