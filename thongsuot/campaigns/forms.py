"""What people fill in: directives, campaigns, what they ask, plans and their answers."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from thongsuot.campaigns.labels import STATES
from thongsuot.campaigns.models import Answer, Campaign, Requirement, Topic
from thongsuot.library.models import Document, Passage
from thongsuot.units.models import Unit, UnitKind
from thongsuot.viet.text import nfc
from thongsuot.web.fields import DayField

STATE_CHOICES = [("", _("All")), *((state.value, label) for state, label in STATES.items())]


def day(label: Any, **more: Any) -> DayField:
    return DayField(label=label, **more)


def long_text(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class UploadForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Registered by"), empty_label=None)
    file = forms.FileField(
        label=_("The directive as a Word file (DOCX)"),
        allow_empty_file=True,  # the gate for files says what is wrong with it
        help_text=_(
            "Its number, type, date, issuer and subject are read from the file; you confirm them on the next page."
        ),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
        ),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class DirectiveForm(forms.Form):
    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    doc_type = forms.CharField(label=_("Type"), max_length=10, required=False, help_text=_("KH, HD, KL, CT…"))
    issued_on = day(_("Date of issue"), required=False)
    issuer = forms.CharField(label=_("Issuer"), max_length=200)
    title = forms.CharField(label=_("Title"), max_length=400)
    subject = long_text(_("Subject"), 3, required=False)

    def clean_number(self) -> str:
        return nfc(self.cleaned_data["number"]).replace(" ", "")


class CampaignForm(forms.Form):
    """The campaign itself with its core contents: those it has, one more, and never fewer than three lines."""

    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), max_length=300)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    summary = long_text(_("Purpose"))
    summary_en = long_text(_("Purpose in English"), 3, required=False)
    starts_on = day(_("Starts on"))
    ends_on = day(_("Ends on"), required=False)
    is_public = forms.BooleanField(label=_("Show the campaign on the public portal once it is issued"), required=False)

    USUAL, MOST = 3, 12

    def __init__(self, *args: Any, topics: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = {
            number: f"topic_{number}" for number in range(1, min(max(topics + 1, self.USUAL), self.MOST) + 1)
        }
        for number, name in self.topics.items():
            self.fields[name] = forms.CharField(
                label=format_lazy("{} {}", _("Core content"), number), max_length=300, required=number == 1
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end lies before the beginning."))
        return values

    def own_values(self) -> dict[str, Any]:
        names = ("title", "title_en", "summary", "summary_en", "starts_on", "ends_on", "is_public")
        return {name: self.cleaned_data[name] for name in names}


class LaunchForm(CampaignForm):
    """A new campaign also says whose it is and what it rests on."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Issued by"), empty_label=None)
    directive = forms.ModelChoiceField(
        Document.objects.none(),
        label=_("On the basis of"),
        required=False,
        to_field_name="uid",
        empty_label=_("(no document)"),
    )

    field_order = ["unit", "directive"]

    def __init__(self, *args: Any, units: QuerySet[Unit], directives: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["directive"].queryset = directives  # type: ignore[attr-defined]


class KindsField(forms.ModelMultipleChoiceField):
    def clean(self, value: Any) -> Any:
        # A key that no database column can hold is no choice; it would be an error of the database.
        if any(len(str(key)) > 18 for key in value or ()):
            raise forms.ValidationError(self.error_messages["invalid_list"], code="invalid_list")
        return super().clean(value)


class RequirementForm(forms.Form):
    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("What is asked"), choices=Requirement.Kind.choices)
    text = forms.CharField(label=_("In words"), max_length=400)
    text_en = forms.CharField(label=_("In English"), max_length=400, required=False)
    for_kinds = KindsField(UnitKind.objects.all(), label=_("Of which units"), widget=forms.CheckboxSelectMultiple)
    due_on = day(_("Due on"), help_text=_("A day off moves to the next working day."))
    proof = forms.CharField(label=_("Proof"), max_length=300, required=False)
    quote = forms.CharField(
        label=_("The sentence of the directive it rests on"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    passage = forms.ModelChoiceField(Passage.objects.none(), label=_("Where it stands"), required=False)
    remove = forms.BooleanField(label=_("Remove this row when saving"), required=False)

    def __init__(
        self,
        *args: Any,
        kinds: QuerySet[UnitKind],
        passages: QuerySet[Passage],
        is_issued: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["for_kinds"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["passage"].queryset = passages  # type: ignore[attr-defined]
        self.fields["passage"].label_from_instance = _passage_label  # type: ignore[attr-defined]
        if is_issued and self.initial.get("uid"):
            # What units were asked, and by when, stands.
            for name in ("kind", "for_kinds", "due_on", "remove"):
                self.fields[name].disabled = True

    def full_clean(self) -> None:
        """A row to be removed may be as incomplete as it likes."""
        super().full_clean()
        if self.is_bound and self.cleaned_data.get("remove"):
            self._errors = ErrorDict()


def _passage_label(passage: Passage) -> str:
    words = passage.heading or passage.text
    return f"{passage.label} · {words[:70]}" if passage.label else words[:80]


class RequirementRows(forms.BaseFormSet):  # type: ignore[type-arg]
    def kept(self) -> list[RequirementForm]:
        """Rows to write; one that was added and left empty is none."""
        return [form for form in self.forms if form.cleaned_data.get("text") and not form.cleaned_data.get("remove")]

    def removed(self) -> list[RequirementForm]:
        return [form for form in self.forms if form.cleaned_data.get("remove")]


RequirementFormSet = forms.formset_factory(
    RequirementForm, formset=RequirementRows, extra=0, max_num=30, absolute_max=60
)


class NumberForm(forms.Form):
    """The number under which a paper goes out; the next one of the unit's series is proposed."""

    number = forms.IntegerField(
        label=_("Number of the paper"),
        required=False,
        min_value=1,
        max_value=9999,
        help_text=_("The next one of your unit's series. Papers given out before by hand? Then go on from there."),
    )


class IssueForm(forms.Form):
    to = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("To which part of the organisation"),
        to_field_name="uid",
        empty_label=None,
        help_text=_("The unit chosen and all below it."),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = units  # type: ignore[attr-defined]


class TopicForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=300)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    summary = long_text(_("In short"), 3, required=False)
    summary_en = long_text(_("In short, in English"), 3, required=False)


class StepForm(forms.Form):
    """Put a passage on a topic's trail."""

    topic = forms.ModelChoiceField(Topic.objects.none(), to_field_name="uid")
    passage = forms.ModelChoiceField(Passage.objects.none(), to_field_name="uid")
    extent = forms.RegexField(r"^(?:(?:to|whole):[0-9a-f-]{36})?$", required=False)
    introduction = forms.CharField(max_length=400, required=False)
    introduction_en = forms.CharField(max_length=400, required=False)

    def __init__(self, *args: Any, topics: QuerySet[Topic], passages: QuerySet[Passage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]
        self.fields["passage"].queryset = passages  # type: ignore[attr-defined]


class StepWordsForm(forms.Form):
    """The line of introduction in both languages, and the count of changes that its writer saw."""

    introduction = forms.CharField(max_length=400, required=False)
    introduction_en = forms.CharField(max_length=400, required=False)
    revision = forms.IntegerField(min_value=0)


class StepChangeForm(forms.Form):
    """A button beside a step."""

    change = forms.ChoiceField(
        choices=[(name, name) for name in ("up", "down", "top", "bottom", "remove", "restore", "look")]
    )
    version = forms.IntegerField(min_value=0, required=False)


class OrderForm(forms.Form):
    """All steps in a new order."""

    steps = forms.CharField(max_length=10_000)
    version = forms.IntegerField(min_value=0)

    def clean_steps(self) -> list[UUID]:
        try:
            return [UUID(uid) for uid in self.cleaned_data["steps"].split()]
        except ValueError:
            raise forms.ValidationError(_("This order cannot be read.")) from None


class ObligationFilter(forms.Form):
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Campaign"), required=False, to_field_name="uid", empty_label=_("All")
    )
    requirement = forms.ModelChoiceField(
        Requirement.objects.none(),
        label=_("What is asked"),
        required=False,
        to_field_name="uid",
        empty_label=_("All"),
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATE_CHOICES)
    q = forms.CharField(label=_("Unit"), required=False, max_length=100)
    # Set by links from overviews: only that unit and those below it.
    under = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, campaigns: QuerySet[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
        self.fields["requirement"].queryset = Requirement.objects.filter(  # type: ignore[attr-defined]
            campaign__in=campaigns, campaign__issued_on__isnull=False
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class PlanForm(forms.Form):
    title = forms.CharField(label=_("Subject"), max_length=300, required=False)
    purpose = long_text(_("Purpose and requirements"), 5, required=False)
    content = long_text(_("Content"), 7, required=False)
    own_part = long_text(
        _("What is our own"), 4, required=False, help_text=_("What in this plan comes from the unit's own situation?")
    )
    audience = long_text(_("Who, how and when"), 5, required=False)
    organisation = long_text(_("Who does what"), 5, required=False)


class ItemForm(forms.Form):
    """The six clear things."""

    work = long_text(_("Work"), 2)
    who = forms.CharField(label=_("Person or body"), max_length=200, required=False)
    due_on = day(_("Time"), required=False)
    responsibility = forms.CharField(label=_("Responsibility"), max_length=300, required=False)
    authority = forms.CharField(label=_("Authority"), max_length=300, required=False)
    product = forms.CharField(label=_("Product"), max_length=300, required=False)

    SIX = ("work", "who", "due_on", "responsibility", "authority", "product")

    def six(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in self.SIX}


class AnswerForm(ItemForm):
    """How we answer one item of the plan above; our own task only when we do it ourselves and say how."""

    kind = forms.ChoiceField(label=_("Our answer"), choices=[], widget=forms.RadioSelect, required=False)
    reason = forms.CharField(label=_("because"), max_length=300, required=False)

    def __init__(self, *args: Any, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["work"].required = False
        self.fields["kind"].choices = [(kind, Answer.Kind(kind).label) for kind in kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("kind") == Answer.Kind.NOT_APPLICABLE and not values.get("reason"):
            self.add_error("reason", _("Say why this does not apply to your unit."))
        if values.get("kind") and values["kind"] != Answer.Kind.OURS and values.get("work"):
            self.add_error("work", _("You describe a task of your own: choose “done by us”, or leave it empty."))
        return values


def default_due(starts_on: date, weeks: int) -> date:
    return date.fromordinal(starts_on.toordinal() + 7 * weeks)
