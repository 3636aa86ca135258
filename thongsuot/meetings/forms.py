"""What people fill in: meetings with their agenda, the closing, minutes, decided tasks, news."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from thongsuot.campaigns.models import Campaign, Topic
from thongsuot.library.models import Passage
from thongsuot.meetings.models import Meeting
from thongsuot.people.models import Person
from thongsuot.units.models import Unit
from thongsuot.web.fields import DayField


class HourInput(forms.TimeInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "time"}, format="%H:%M")


def day(label: Any, **more: Any) -> DayField:
    return DayField(label=label, **more)


def hour(label: Any, **more: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=HourInput(), input_formats=["%H:%M", "%H:%M:%S", "%Hh%M"], **more)


def long_text(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), required=False, **more)


def short_text(label: Any, length: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, **more)


class PersonChoice(forms.ModelChoiceField):
    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(Person.objects.none(), label=label, **more)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.full_name)


class PassageChoice(forms.ModelChoiceField):
    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(Passage.objects.none(), label=label, required=False, **more)

    def label_from_instance(self, obj: Any) -> str:
        words = obj.heading or obj.text
        page = f", {_('p.')} {obj.printed_page}" if obj.printed_page else ""
        return f"{obj.label} · {words[:60]}{page}" if obj.label else f"{words[:70]}{page}"


class ProposalForm(forms.Form):
    """From which content the agenda is proposed; sent by GET, so that nothing typed is at stake."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), to_field_name="uid", empty_label=None)
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label=_("Core content"), to_field_name="uid", required=False,
        empty_label=_("all of the campaign's contents"),
    )  # fmt: skip

    def __init__(self, *args: Any, units: QuerySet[Unit], topics: QuerySet[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    title = short_text(_("Subject of the meeting"), 300)
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Campaign"), required=False, empty_label=_("(none)")
    )
    kind = forms.ChoiceField(label=_("Kind of meeting"), choices=Meeting.Kind.choices)
    held_on = day(_("Day"))
    starts_at = hour(_("Begins at"))
    place = short_text(_("Place"), 200, required=False)
    form = forms.ChoiceField(label=_("How it is held"), choices=Meeting.Form.choices)
    points = forms.IntegerField(
        label=_("Conference points"), min_value=1, max_value=20000, initial=1, required=False,
        help_text=_("How many places are joined by screen; 1 where all sit together."),
    )  # fmt: skip
    chair = PersonChoice(_("Chair"), required=False, empty_label=_("(not named yet)"))
    note_taker = PersonChoice(_("Takes the minutes"), required=False, empty_label=_("(not named yet)"))
    guests = short_text(
        _("Guests"), 300, required=False, help_text=_("From above or outside, with their posts. They are not counted.")
    )

    def __init__(self, *args: Any, campaigns: QuerySet[Campaign], people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
        for name in ("chair", "note_taker"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]

    def clean_points(self) -> int:
        return self.cleaned_data["points"] or 1


class RemovableForm(forms.Form):
    """A row that may be as incomplete as it likes once it is to go."""

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.cleaned_data.get("remove"):
            self._errors = ErrorDict()


class AgendaForm(RemovableForm):
    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = short_text(_("Agenda item"), 300, required=False)
    topic = forms.ModelChoiceField(Topic.objects.none(), label=_("Core content"), required=False, empty_label="–")
    passage = PassageChoice(_("Passage to read"), empty_label="–")
    presenter = short_text(_("Presented by"), 150, required=False)
    remove = forms.BooleanField(label=_("Remove this item when saving"), required=False)

    def __init__(self, *args: Any, topics: list[Topic], passages: list[Passage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["topic"], topics)
        offer(self.fields["passage"], passages)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("title") and (values.get("topic") or values.get("passage") or values.get("presenter")):
            self.add_error("title", _("Say what this item is about."))
        return values


def offer(field: Any, rows: list[Any]) -> None:
    """The same few rows in many forms, asked for once: choices from memory, checked against it too."""
    model = field.queryset.model
    field.queryset = model.objects.filter(pk__in=[row.pk for row in rows])
    field.choices = [("", field.empty_label or "–"), *((row.pk, field.label_from_instance(row)) for row in rows)]
    known = {str(row.pk): row for row in rows}

    def to_python(value: Any) -> Any:
        if value in field.empty_values:
            return None
        if str(value) not in known:
            raise forms.ValidationError(field.error_messages["invalid_choice"], code="invalid_choice")
        return known[str(value)]

    field.to_python = to_python


class AgendaRows(forms.BaseFormSet):  # type: ignore[type-arg]
    def agenda(self) -> list[dict[str, Any]]:
        """The rows that say something, in their order."""
        names = ("uid", "title", "topic", "passage", "presenter")
        given = (form.cleaned_data for form in self.forms if not form.cleaned_data.get("remove"))
        return [{name: row.get(name) for name in names} for row in given if row.get("title")]

    def unjudge(self) -> None:
        """Forget the mistakes found so far: another row was asked for, nothing was sent to be kept."""
        self._errors: list[Any] = [{} for _form in self.forms]
        self._non_form_errors = self.error_class()


AgendaFormSet = forms.formset_factory(AgendaForm, formset=AgendaRows, extra=0, max_num=30, absolute_max=60)


class MeetingFilter(forms.Form):
    STATES = [
        ("", _("All")),
        ("coming", _("to come")),
        ("open", _("register open")),
        ("closed", _("register closed")),
        ("minuted", _("minutes approved")),
        ("voided", _("voided")),
    ]
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Campaign"), required=False, to_field_name="uid", empty_label=_("All")
    )
    kind = forms.ChoiceField(
        label=_("Kind of meeting"), required=False, choices=[("", _("All")), *Meeting.Kind.choices]
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    q = forms.CharField(label=_("Unit"), required=False, max_length=100)

    def __init__(self, *args: Any, campaigns: QuerySet[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]


class ClosingForm(forms.Form):
    ends_at = hour(_("Ended at"))
    public_count = forms.IntegerField(
        label=_("People who are not on the list"), min_value=0, max_value=100000, required=False, initial=0,
        help_text=_("Counted, not named."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class PeopleForm(forms.Form):
    """Whom a conference asks beside its own members."""

    q = forms.CharField(label=_("Full name"), required=False, max_length=100)


class MinutesForm(forms.Form):
    opening = long_text(_("Who took part"), 8, help_text=_("Drafted from the register; correct the wording if needed."))
    local_case = long_text(
        _("Related to our own unit"), 4, help_text=_("One matter of the unit's own that was discussed.")
    )
    conclusion = long_text(_("The chair's conclusion"), 5, help_text=_("Needed before the minutes can be approved."))
    votes_for = forms.IntegerField(label=_("Votes for"), min_value=0, max_value=100000, required=False)
    votes_against = forms.IntegerField(label=_("Votes against"), min_value=0, max_value=100000, required=False)
    votes_other = forms.IntegerField(label=_("Other votes"), min_value=0, max_value=100000, required=False)


class ItemForm(forms.Form):
    """What was said on one item of the agenda."""

    discussion = long_text(_("Who said what"), 4, help_text=_("One person a line: name, then what they said."))
    conclusion = long_text(_("Conclusion on this item"), 2)


class DecisionForm(RemovableForm):
    """The six clear things."""

    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    work = long_text(_("Work"), 2)
    who = PersonChoice(_("Person"), required=False, empty_label="–")
    due_on = day(_("Time"), required=False)
    responsibility = short_text(_("Responsibility"), 300, required=False)
    authority = short_text(_("Authority"), 300, required=False)
    product = short_text(_("Product"), 300, required=False)
    remove = forms.BooleanField(label=_("Remove this task when saving"), required=False)

    SIX = ("work", "who", "due_on", "responsibility", "authority", "product")
    NEEDED = ("work", "who", "due_on", "product")

    def __init__(self, *args: Any, people: list[Person], held_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held_on = held_on
        offer(self.fields["who"], people)

    @property
    def says_something(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.SIX)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if any(values.get(name) for name in self.SIX):
            for name in self.NEEDED:
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("A task needs this to be clear."))
        due_on = values.get("due_on")
        if due_on and due_on < self.held_on:
            self.add_error("due_on", _("The task would be due before the meeting. Check its date."))
        return values

    def six(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.SIX}


DecisionFormSet = forms.formset_factory(DecisionForm, extra=0, max_num=40, absolute_max=80)


class PostForm(forms.Form):
    title = short_text(_("Headline"), 300)
    lead = long_text(_("Lead"), 2)
    body = long_text(_("Text of the news item"), 12, help_text=_("An empty line begins a new paragraph."))
    title_en = short_text(_("Headline in English"), 300, required=False)
    lead_en = long_text(_("Lead in English"), 2)
    body_en = long_text(_("Text in English"), 8)
    byline = short_text(_("Byline"), 150, required=False)


class PictureForm(forms.Form):
    file = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,  # the gate for files says what is wrong with it
        help_text=_("PNG or JPEG. Data hidden in it, such as the place, is removed."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    caption = short_text(_("Caption"), 300)
    caption_en = short_text(_("In English"), 300, required=False)
