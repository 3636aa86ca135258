"""Meetings, who was there, what was concluded; and the public items made from them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.campaigns.models import Campaign, Topic
from thongsuot.library.models import Passage
from thongsuot.papers.models import StoredFile
from thongsuot.people.models import Membership, Person
from thongsuot.units.models import Unit, new_uid


class Meeting(models.Model):
    class Kind(models.TextChoices):
        REGULAR = "regular", _("regular meeting")
        THEMATIC = "thematic", _("thematic meeting")
        CONFERENCE = "conference", _("study conference")

    class Form(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        ONLINE = "online", _("online")
        MIXED = "mixed", _("in person and online")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(_("subject"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.THEMATIC)
    form = models.CharField(_("form"), max_length=20, choices=Form.choices, default=Form.IN_PERSON)
    points = models.PositiveIntegerField(_("conference points"), default=1)
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("begins at"))
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    chair = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    note_taker = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    guests = models.CharField(_("guests"), max_length=300, blank=True)
    public_count = models.PositiveIntegerField(
        _("people who are not on the list"), default=0, help_text=_("Counted, not named.")
    )
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    # Set when the register is closed: from then on the meeting counts.
    closed_at = models.DateTimeField(null=True, blank=True)
    expected = models.PositiveIntegerField(null=True, help_text="who had to take part, at the closing (R07)")
    exempt = models.PositiveIntegerField(null=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-held_on", "-starts_at"]
        indexes = [models.Index(fields=["unit", "held_on"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def days_until_recorded(self) -> int:
        """How many days after it was held the register was closed: shown, never hidden."""
        return (timezone.localdate(self.closed_at) - self.held_on).days if self.closed_at else 0

    @property
    def minutes_long(self) -> int | None:
        if not self.ends_at:
            return None
        return (self.ends_at.hour - self.starts_at.hour) * 60 + self.ends_at.minute - self.starts_at.minute


class AgendaItem(models.Model):
    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("item"), max_length=300)
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    passage = models.ForeignKey(Passage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    presenter = models.CharField(_("presented by"), max_length=150, blank=True)
    discussion = models.TextField(_("who said what"), blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """One person's line in the register."""

    class Status(models.TextChoices):
        PRESENT = "present", _("present")
        EXCUSED = "excused", _("absent with reason")
        ABSENT = "absent", _("absent without reason")

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="register")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    membership_kind = models.CharField(max_length=20, choices=Membership.Kind.choices)
    status = models.CharField(max_length=10, choices=Status.choices, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    spoke = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)
    # Counted up at each change: two clerks on one register are told of each other's changes.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["person__sort_key"]
        constraints = [models.UniqueConstraint("meeting", "person", name="one_line_a_person")]

    def __str__(self) -> str:
        return self.person.full_name

    @property
    def is_exempt(self) -> bool:
        return self.membership_kind == Membership.Kind.EXEMPT

    @property
    def is_expected(self) -> bool:
        """Who had to come; someone exempt who came all the same is in both parts of the share (R07)."""
        return not self.is_exempt or self.status == self.Status.PRESENT


class Minutes(models.Model):
    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    opening = models.TextField(_("opening"), blank=True)
    local_case = models.TextField(
        _("related to our own unit"), blank=True, help_text=_("One matter of the unit's own that was discussed.")
    )
    conclusion = models.TextField(_("the chair's conclusion"), blank=True)
    votes_for = models.PositiveIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(_("votes against"), null=True, blank=True)
    votes_other = models.PositiveIntegerField(_("other votes"), null=True, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    number = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the approved text")

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None


class Decision(models.Model):
    """A task decided in the minutes; the six clear things (6 rõ). Practice tracks it as an action."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    order = models.PositiveSmallIntegerField()
    work = models.TextField(_("work"))
    who = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("time"))
    responsibility = models.CharField(_("responsibility"), max_length=300, blank=True)
    authority = models.CharField(_("authority"), max_length=300, blank=True)
    product = models.CharField(_("product"), max_length=300)
    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    passage = models.ForeignKey(Passage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.work


class Post(models.Model):
    """A public news item, usually drafted from a meeting's record."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="posts")
    title = models.CharField(_("title"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    lead = models.TextField(_("lead"), blank=True)
    lead_en = models.TextField(_("lead in English"), blank=True)
    body = models.TextField(_("body"), blank=True)
    body_en = models.TextField(_("body in English"), blank=True)
    byline = models.CharField(_("byline"), max_length=150, blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.published_on is not None and self.withdrawn_at is None


class PostPicture(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="pictures")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    drawing = models.CharField(max_length=200, blank=True, help_text="static path, where there is no file")
    caption = models.CharField(max_length=300)
    caption_en = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=Q(file__isnull=False) | ~Q(drawing=""), name="a_picture_shows_something")
        ]
