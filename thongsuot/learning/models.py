"""Reading, checking what was understood, and reflecting. Answers count for groups, never for opinions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.campaigns.models import Campaign, Topic
from thongsuot.library.models import Passage
from thongsuot.meetings.models import Meeting
from thongsuot.people.models import Person
from thongsuot.units.models import Unit, new_uid


class Reading(models.Model):
    """A person says that the passages of a topic were read. Nobody measures time or scrolling."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="readings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    read_on = models.DateField()
    recorded_at = models.DateTimeField()
    # The clerk notes it for someone without a phone.
    recorded_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("topic", "person", name="one_reading")]


class Question(models.Model):
    """What the text says, with one right option of several; tied to the passage that answers it."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="questions")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("question"))
    text_en = models.TextField(blank=True)
    options = models.JSONField(help_text="list of strings")
    options_en = models.JSONField(default=list, blank=True)
    right = models.PositiveSmallIntegerField(help_text="index of the right option")
    explanation = models.TextField(blank=True)
    explanation_en = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)


class Check(models.Model):
    """One person's short test on a topic (or a whole cell's on one device)."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="checks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="checks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    questions = models.JSONField(help_text="question keys as drawn, in order")
    # The given answers are kept until the check is finished, then only the score.
    answers = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    right = models.PositiveSmallIntegerField(null=True)
    asked = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["unit", "topic"])]


class Reflection(models.Model):
    """An essay in three short parts, personal or the group's; spoken ones are noted by the clerk."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="reflections")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="reflections")
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    useful = models.TextField(_("the most useful point"))
    my_work = models.TextField(_("what it means for my work"))
    will_do = models.TextField(_("what I will do"))
    is_spoken = models.BooleanField(default=False)
    noted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_on = models.DateField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "campaign", "person", name="one_reflection_a_person", condition=Q(person__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return str(self.person or self.unit)
