"""Posts and belongings, as an officer records them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thongsuot.people.models import Membership, Office
from thongsuot.units.models import Hierarchy, Unit
from thongsuot.web.fields import DayField


class OfficeForm(forms.Form):
    role = forms.ChoiceField(label=_("Office"), choices=Office.Role.choices)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("On the unit"), to_field_name="uid")
    hierarchy = forms.ModelChoiceField(
        Hierarchy.objects.all(), label=_("In which tree"), empty_label=None, help_text=_("Rights reach down that tree.")
    )
    title = forms.CharField(
        label=_("Title, as papers are signed"),
        max_length=120,
        required=False,
        help_text=_("Bí thư Chi bộ 3, for example"),
    )
    on = DayField(label=_("From"))
    until = DayField(label=_("Until"), required=False, help_text=_("First day without it."))

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class OfficeEndForm(forms.Form):
    on = DayField(label=_("First day without it"))
    reason = forms.CharField(label=_("By which decision"), max_length=300)


class MembershipForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Belongs to"), to_field_name="uid")
    kind = forms.ChoiceField(label=_("As"), choices=Membership.Kind.choices)
    on = DayField(label=_("From"))
    reason = forms.CharField(label=_("By which paper, and why"), max_length=300)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units.filter(kind__has_members=True)  # type: ignore[attr-defined]
