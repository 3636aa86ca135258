"""What units and verifiers fill in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thongsuot.campaigns.forms import ReasonForm, day, long_text
from thongsuot.campaigns.models import Campaign
from thongsuot.people.models import Person
from thongsuot.practice.labels import ACTION, REVIEW
from thongsuot.practice.models import CriterionAnswer
from thongsuot.units.models import new_uid

__all__ = ["ReasonForm"]
Level, Verdict = CriterionAnswer.Level, CriterionAnswer.Verdict
# As papers.files takes them; only a hint to the browser, the bytes decide.
TAKEN = ".docx,.xlsx,.pdf,.png,.jpg,.jpeg"


def _link(**more: Any) -> forms.URLField:
    return forms.URLField(
        label=_("or a link"), required=False, max_length=200, assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}), **more,
    )  # fmt: skip


def _file() -> forms.FileField:
    return forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,  # the gate for files says what is wrong with it
        help_text=_("DOCX, XLSX, PDF, PNG or JPEG, up to 25 MB. No denunciations, no secrets, no asset declarations."),
        widget=forms.FileInput(attrs={"accept": TAKEN}),
    )


class OnceForm(forms.Form):
    """Carries a key, so that sending twice counts once."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = new_uid


class EvidenceForm(OnceForm):
    title = forms.CharField(
        label=_("What it shows"), max_length=300, help_text=_("For example: minutes of 12 May with the list posted.")
    )
    file = _file()
    url = _link()


class AnswerForm(OnceForm):
    """One criterion: level, note, and a piece of evidence to add."""

    level = forms.ChoiceField(label=_("How it stands"), choices=[], widget=forms.RadioSelect, required=False)
    note = long_text(_("Note"), 2, required=False, help_text=_("Facts and numbers; for “not applicable” the reason."))
    title = forms.CharField(label=_("What the evidence shows"), max_length=300, required=False)
    file = _file()
    url = _link()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = (Level.DONE, Level.PARTLY, Level.NOT_DONE, Level.NOT_APPLICABLE)
        self.fields["level"].choices = [(level.value, level.label) for level in order]  # type: ignore[attr-defined]

    @property
    def has_evidence(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("title", "file", "url"))


class WordsForm(forms.Form):
    """The unit in its own words."""

    strengths = long_text(_("Strengths"), 4, required=False)
    limits = long_text(_("Limits"), 4, required=False, help_text=_("At least one, named honestly."))
    causes = long_text(_("Causes"), 4, required=False, help_text=_("Those that lie with us, and those that do not."))
    risk_points = long_text(_("Risk points in our processes"), 4, required=False)
    proposals = long_text(_("Proposals to the level above"), 3, required=False)


class JudgeForm(forms.Form):
    """The verifier on one answer."""

    verdict = forms.ChoiceField(label=_("Verdict"), choices=[], widget=forms.RadioSelect, required=False)
    level = forms.ChoiceField(label=_("Verified level"), choices=[], required=False)
    note = long_text(_("Note"), 2, required=False, help_text=_("When you return it: what is missing."))

    def __init__(self, *args: Any, own: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [  # type: ignore[attr-defined]
            (Verdict.ACCEPTED.value, _("Accept")),
            (Verdict.RETURNED.value, _("Return")),
        ]
        levels = [Level.NOT_APPLICABLE] if own == Level.NOT_APPLICABLE else [Level.DONE, Level.PARTLY, Level.NOT_DONE]
        self.fields["level"].choices = [(level.value, level.label) for level in levels]  # type: ignore[attr-defined]


class ActionForm(OnceForm):
    """The six clear things (6 rõ)."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Campaign"), to_field_name="uid", empty_label=None
    )
    work = long_text(_("Work"), 3)
    who = forms.ModelChoiceField(
        Person.objects.none(), label=_("Person"), to_field_name="uid", empty_label=_("Choose a person")
    )
    due_on = day(_("Time"), help_text=_("The last day."))
    responsibility = forms.CharField(
        label=_("Responsibility"), max_length=300, required=False, help_text=_("What the person answers for.")
    )
    authority = forms.CharField(
        label=_("Authority"), max_length=300, required=False, help_text=_("What the person may decide, use or ask for.")
    )
    product = forms.CharField(label=_("Product"), max_length=300, help_text=_("What will be there when it is done."))

    def __init__(self, *args: Any, campaigns: QuerySet[Campaign], people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
        self.fields["who"].queryset = people  # type: ignore[attr-defined]


class VerifyForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Verdict"),
        widget=forms.RadioSelect,
        choices=[("accepted", _("Accept: it is done, the evidence shows it")), ("returned", _("Return"))],
    )
    note = long_text(_("Note"), 3, required=False, help_text=_("When you return it: what is missing."))


class ActionFilter(forms.Form):
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Campaign"), required=False, to_field_name="uid", empty_label=_("All")
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *((s, words) for s, (_t, words) in ACTION.items())]
    )
    mine = forms.BooleanField(label=_("only my own"), required=False)
    q = forms.CharField(label=_("Unit, person or work"), required=False, max_length=100)

    def __init__(self, *args: Any, campaigns: QuerySet[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]


class ReviewFilter(forms.Form):
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Campaign"), required=False, to_field_name="uid", empty_label=_("All")
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *((s, words) for s, (_t, words) in REVIEW.items())]
    )
    q = forms.CharField(label=_("Unit"), required=False, max_length=100)

    def __init__(self, *args: Any, campaigns: QuerySet[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
