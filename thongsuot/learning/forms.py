"""What members and clerks fill in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thongsuot.campaigns.models import Campaign, Topic
from thongsuot.learning.checking import AskedQuestion
from thongsuot.people.models import Person
from thongsuot.web.templatetags.web import in_language


class CheckForm(forms.Form):
    """All questions of a check, each with its options as drawn."""

    def __init__(self, *args: Any, asked: list[AskedQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, question in enumerate(asked, start=1):
            self.fields[question.key] = forms.TypedChoiceField(
                label=f"{number}. {question.text}",
                choices=question.options,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose the answer that you think right.")},
            )

    def given(self) -> dict[str, int]:
        """Question key → index of the chosen option."""
        return {name.removeprefix("q"): value for name, value in self.cleaned_data.items()}


def _part(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class ReflectionForm(forms.Form):
    """Three short parts in one's own words."""

    useful = _part(_("The most useful point"), _("What did you learn, or see differently than before?"))
    my_work = _part(_("What it means for my work"), _("Where does it touch what you do every day?"))
    will_do = _part(_("What I will do"), _("One thing that you can begin within a month."))

    PARTS = ("useful", "my_work", "will_do")

    def parts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.PARTS}


class SpokenReflectionForm(ReflectionForm):
    """The clerk writes down what a member said."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who spoke"), to_field_name="uid", empty_label=_("Choose a member")
    )
    field_order = ["person"]

    def __init__(self, *args: Any, members: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = members  # type: ignore[attr-defined]


class ReadingNoteForm(forms.Form):
    """The clerk notes that a member without a phone has read."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Member"), to_field_name="uid", empty_label=_("Choose a member")
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), label=_("Has read"), to_field_name="uid", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, members: QuerySet[Person], topics: QuerySet[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = members  # type: ignore[attr-defined]
        self.fields["topics"].queryset = topics  # type: ignore[attr-defined]
        self.fields["topics"].label_from_instance = topic_label  # type: ignore[attr-defined]


class CampaignChoice(forms.Form):
    """Which campaign a page is about."""

    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Campaign"), to_field_name="uid", required=False, empty_label=None
    )

    def __init__(self, *args: Any, campaigns: QuerySet[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]


def topic_label(topic: Topic) -> str:
    return f"{topic.number}. {in_language(topic, 'title')}"
