"""The words that templates of every room use."""

from datetime import date, datetime
from typing import Any, cast

from django import template
from django.template.context import RequestContext
from django.utils.formats import number_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from heroicons.templatetags.heroicons import heroicon_outline

from thongsuot.web.slots import render_slot

register = template.Library()


@register.simple_tag
def in_language(subject: Any, name: str) -> str:
    """The attribute in the reader's language; Vietnamese where there is no English."""
    value = getattr(subject, name, "") if not isinstance(subject, dict) else subject.get(name, "")
    if get_language() == "en":
        english = getattr(subject, f"{name}_en", "") if not isinstance(subject, dict) else subject.get(f"{name}_en", "")
        return english or value or ""
    return value or ""


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """An outline icon that says nothing to screen readers: text stands beside it."""
    return cast("SafeString", heroicon_outline(name, size=size, **{"aria-hidden": "true", "class": "icon"}))


@register.filter
def number(value: Any) -> str:
    """1.234 in Vietnamese, 1,234 in English."""
    if value is None or value == "":
        return "–"
    if type(value) is int and 0 <= value < 1000:
        return str(value)  # as every language here writes it; a page may hold hundreds
    return number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def share_of(part: Any, whole: Any) -> str:
    """12/15 · 80,0 %: numerator and denominator always, and never 100 % of less than all."""
    if part is None or not whole:
        return f"{number(part or 0)}/{number(whole or 0)}"
    percent = 100 * part / whole
    tenths = int(percent * 10) / 10 if part < whole else round(percent, 1)
    return f"{number(part)}/{number(whole)} · {number_format(tenths, decimal_pos=1)} %"


@register.filter
def percent(part: Any, whole: Any) -> int:
    """Whole per cent, rounded down, for the width of a bar."""
    return int(100 * (part or 0) / whole) if whole else 0


@register.simple_tag
def state(tone: str, label: str) -> SafeString:
    """A badge; its tone is carried by a mark and the word, not by colour alone."""
    return format_html('<span class="badge" data-tone="{}">{}</span>', tone, label)


@register.filter
def paragraphs(text: str | None) -> SafeString:
    """Plain text to paragraphs; everything escaped."""
    blocks = [block.strip() for block in (text or "").replace("\r\n", "\n").split("\n\n") if block.strip()]
    return mark_safe("".join(f"<p>{escape(block).replace(chr(10), '<br>')}</p>" for block in blocks))  # noqa: S308


@register.filter
def day(value: date | datetime | None) -> str:
    """30/4/2023 is written 30/04/2023 in both languages."""
    return value.strftime("%d/%m/%Y") if value else "–"


@register.simple_tag(takes_context=True)
def slot(context: RequestContext, name: str, subject: Any = None) -> SafeString:
    """What rooms above have to say here."""
    return render_slot(name, subject, context["request"])


@register.simple_tag(takes_context=True)
def with_query(context: RequestContext, **changes: Any) -> str:
    """The address's query with some parameters changed; an empty value removes one."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    return "?" + query.urlencode()


@register.filter
def field_kind(field: Any) -> str:
    """checkbox, radio, select, textarea, file or input: how a field is laid out."""
    name = type(field.field.widget).__name__
    kinds = {
        "CheckboxInput": "checkbox",
        "RadioSelect": "radio",
        "CheckboxSelectMultiple": "radio",
        "Select": "select",
        "Textarea": "textarea",
    }
    return kinds.get(name, "file" if "File" in name else "input")
