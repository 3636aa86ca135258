"""The only door to meetings, minutes and news for views: what a person may see, record or decide."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from thongsuot.campaigns.access import campaigns_seen_by
from thongsuot.campaigns.models import Campaign, Topic, TrailStep
from thongsuot.library.models import Passage
from thongsuot.meetings.models import Attendance, Decision, Meeting, Post, PostPicture
from thongsuot.people.models import Membership, Office, Person, PersonQuerySet
from thongsuot.people.rights import Act, require, scope
from thongsuot.units.models import Unit

RELATED = ("unit__kind", "campaign__book", "chair", "note_taker", "called_by")


def units_recorded_by(person: Person | None, on: date) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=scope(person, Act.RECORD, on).units).select_related("kind")


def unit_to_record(person: Person | None, uid: UUID, on: date) -> Unit:
    """404 out of sight; NotAllowed where the person may look but not record."""
    seen = scope(person, Act.SEE, on).filter(Unit.objects.select_related("kind"), "pk")
    unit = get_object_or_404(seen, uid=uid)
    require(person, Act.RECORD, unit, on)
    return unit


def meetings_seen_by(person: Person | None, on: date) -> QuerySet[Meeting]:
    """Meetings of units in reach, and those that the person was asked to."""
    if person is None:
        return Meeting.objects.none()
    units = scope(person, Act.SEE, on).unit_ids()
    asked = Attendance.objects.filter(person=person).values("meeting_id")
    return Meeting.objects.filter(Q(unit__in=units) | Q(pk__in=asked))


def meeting_to_see(person: Person | None, uid: UUID, on: date) -> Meeting:
    return get_object_or_404(meetings_seen_by(person, on).select_related(*RELATED, "minutes__approved_by"), uid=uid)


def meeting_to_record(person: Person | None, uid: UUID, on: date) -> Meeting:
    meeting = meeting_to_see(person, uid, on)
    require(person, Act.RECORD, meeting.unit, on)
    return meeting


def meeting_to_decide(person: Person | None, uid: UUID, on: date) -> Meeting:
    """To approve its minutes, or void it."""
    meeting = meeting_to_see(person, uid, on)
    require(person, Act.APPROVE, meeting.unit, on)
    return meeting


def meeting_to_read(person: Person | None, uid: UUID, on: date) -> Meeting:
    """A meeting of a unit in reach: its register and minutes name people, so being asked to it is not enough."""
    units = scope(person, Act.SEE, on).unit_ids()
    seen = Meeting.objects.filter(unit__in=units).select_related(*RELATED, "minutes__approved_by")
    return get_object_or_404(seen, uid=uid)


def decision_to_change(person: Person | None, uid: UUID, on: date) -> Decision:
    seen = Decision.objects.filter(meeting__in=meetings_seen_by(person, on)).select_related("meeting__unit", "who")
    decision = get_object_or_404(seen, uid=uid)
    require(person, Act.RECORD, decision.meeting.unit, on)
    return decision


def campaigns_to_meet_on(person: Person | None, unit: Unit | None, on: date) -> QuerySet[Campaign]:
    """Issued campaigns that the person sees; the unit's own obligations come first in the form's proposal."""
    return campaigns_seen_by(person, on).filter(issued_on__isnull=False)


def topics_of(campaigns: QuerySet[Campaign]) -> QuerySet[Topic]:
    return Topic.objects.filter(campaign__in=campaigns).select_related("campaign")


def passages_of(campaign: Campaign | None) -> QuerySet[Passage]:
    """What the trails of the campaign lead to, in their order."""
    if campaign is None:
        return Passage.objects.none()
    steps = TrailStep.objects.filter(topic__campaign=campaign).values("passage_id")
    return Passage.objects.filter(pk__in=steps).select_related("edition__document")


def people_of(unit: Unit, on: date) -> QuerySet[Person]:
    """Who may chair, take notes or be given a task: members and office-holders on that day."""
    members = Membership.objects.in_force(on).filter(unit=unit).values("person_id")
    holders = Office.objects.in_force(on).filter(unit=unit).values("person_id")
    return Person.objects.filter(Q(pk__in=members) | Q(pk__in=holders), erased_at__isnull=True)


def people_below(unit: Unit, on: date) -> PersonQuerySet:
    """Members and office-holders of the unit and all below it: whom it may ask to a conference."""
    units = Unit.objects.below(unit).values("pk")
    members = Membership.objects.in_force(on).filter(unit__in=units).values("person_id")
    holders = Office.objects.in_force(on).filter(unit__in=units).values("person_id")
    return Person.objects.filter(Q(pk__in=members) | Q(pk__in=holders), erased_at__isnull=True)


def heads_below(unit: Unit, on: date) -> QuerySet[Person]:
    """Heads and deputies of the units that lie directly below: the usual guests of a conference."""
    below = Unit.objects.filter(positions__parent=unit).values("pk")
    roles = (Office.Role.HEAD, Office.Role.DEPUTY)
    holders = Office.objects.in_force(on).filter(unit__in=below, role__in=roles).values("person_id")
    return Person.objects.filter(pk__in=holders, erased_at__isnull=True)


def posts_edited_by(person: Person | None, on: date) -> QuerySet[Post]:
    units = scope(person, Act.DIRECT, on).units
    return Post.objects.filter(unit__in=units).select_related("unit", "meeting", "published_by")


def post_to_edit(person: Person | None, uid: UUID, on: date) -> Post:
    return get_object_or_404(posts_edited_by(person, on), uid=uid)


def picture_to_edit(person: Person | None, uid: UUID, number: int, on: date) -> PostPicture:
    posts = posts_edited_by(person, on).filter(uid=uid)
    pictures = PostPicture.objects.filter(post__in=posts).select_related("post__unit", "file")
    return get_object_or_404(pictures, pk=number)
