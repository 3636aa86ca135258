"""Reforms, as an officer records them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.units.models import Hierarchy, UnitQuerySet
from thongsuot.web.fields import DayField


class ReformForm(forms.Form):
    on = DayField(label=_("In force from"), help_text=_("The date of the decision's effect; it may lie in the past."))
    reason = forms.CharField(label=_("By which decision, and why"), max_length=300)


class UnitChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.kind})"


class UnitsChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class MoveForm(ReformForm):
    field_order = ["under", "hierarchy", "on", "reason"]
    hierarchy = forms.ModelChoiceField(Hierarchy.objects.none(), label=_("In which tree"), empty_label=None)
    under: forms.ModelChoiceField

    def __init__(self, *args: Any, parents: UnitQuerySet, hierarchies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hierarchy"].queryset = hierarchies  # type: ignore[attr-defined]
        self.fields["under"] = UnitChoice(parents, label=_("Goes under"), to_field_name="uid")
        self.order_fields(self.field_order)


class RenameForm(ReformForm):
    field_order = ["name", "on", "reason"]
    name = forms.CharField(label=_("New name"), max_length=250)


class SplitForm(ReformForm):
    field_order = ["names", "dissolve", "on", "reason"]
    names = forms.CharField(
        label=_("Names of the new units"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line. The first-named carries on the sub-units and members; move them afterwards."),
    )
    dissolve = forms.BooleanField(label=_("The old unit ends with that"), required=False, initial=True)


class MergeForm(ReformForm):
    field_order = ["others", "name", "on", "reason"]
    name = forms.CharField(label=_("Name of the new unit"), max_length=250)

    def __init__(self, *args: Any, siblings: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"] = UnitsChoice(
            siblings, label=_("Merges with"), to_field_name="uid", widget=forms.CheckboxSelectMultiple
        )
        self.order_fields(self.field_order)


class DayForm(forms.Form):
    on = DayField(label=_("On the day"))
