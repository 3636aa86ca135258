"""Pages of studying, checking, reflecting, and of what a unit has studied."""

from thongsuot.learning.views.reflections import reflection_accept, reflection_edit, reflection_list, reflection_note
from thongsuot.learning.views.studying import (
    check_result,
    check_start,
    check_take,
    my_learning,
    reading_mark,
    step_study,
    topic_study,
)
from thongsuot.learning.views.units import reading_note, unit_learning

__all__ = [
    "check_result",
    "check_start",
    "check_take",
    "my_learning",
    "reading_mark",
    "reading_note",
    "reflection_accept",
    "reflection_edit",
    "reflection_list",
    "reflection_note",
    "step_study",
    "topic_study",
    "unit_learning",
]
