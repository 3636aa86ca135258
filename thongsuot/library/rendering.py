"""A passage's Markdown as safe HTML: references are links, notes lead there and back, wide tables scroll."""

import re
from collections.abc import Callable, Iterable
from html import unescape

from django.urls import reverse
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from thongsuot.library.models import Citation, Passage

# Text comes from people: no HTML of theirs, no pictures from elsewhere.
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
# A note's mark as readers of files leave it: [^f3]; letters and digits only.
NOTE_MARK = re.compile(r"\[\^([a-z]?)(\w{1,8})\]", re.ASCII)


def render(passage: Passage, citations: Iterable[Citation] = (), called: set[str] | None = None) -> SafeString:
    """The passage's words; resolved references become links.

    ``called`` keeps which notes were called on this page, so that each is returned to at its first mark.
    """
    text = with_links(passage.text, citations, target_url)
    called = set() if called is None else called
    html = NOTE_MARK.sub(lambda match: _note_mark(match, called), _markdown.render(text))
    if "<table>" in html:
        label = escape(_("Table, scrolls sideways"))
        html = html.replace("<table>", f'<div class="wide" role="group" tabindex="0" aria-label="{label}"><table>')
        html = html.replace("</table>", "</table></div>")
    return mark_safe(html)  # noqa: S308 markdown-it escapes everything, HTML is off


def with_links(text: str, citations: Iterable[Citation], address: Callable[[Citation], str]) -> str:
    """The Markdown with a link at every reference that has an address."""
    for citation in sorted(citations, key=lambda each: each.start or 0, reverse=True):
        start, end = citation.start, citation.end
        if start is None or end is None or text[start:end] != citation.matched or _inside_link(text, start, end):
            continue
        if to := address(citation):
            text = f"{text[:start]}[{text[start:end]}]({to}){text[end:]}"
    return text


def words_of(passage: Passage) -> str:
    """Heading and text without any marks, paragraph by paragraph."""
    heading = ". ".join(part for part in (passage.label, passage.heading) if part) if passage.heading else ""
    html = NOTE_MARK.sub("", _markdown.render(passage.text))
    lines = (line.strip() for line in unescape(strip_tags(html)).splitlines())
    return "\n".join(line for line in (heading, *lines) if line)


def note_anchor(sign: str, number: str) -> str:
    return f"chu-thich-{sign}{number}"


def _note_mark(match: re.Match[str], called: set[str]) -> str:
    note = note_anchor(match[1], match[2])
    back = "" if note in called else f' id="goi-{note}"'
    called.add(note)
    return f'<sup><a{back} href="#{note}" role="doc-noteref">{match[2]}</a></sup>'


def _inside_link(text: str, start: int, end: int) -> bool:
    """Inside [words](address) or `code`: left as it is."""
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    return any(
        match.start() <= start - line_start < match.end() for match in re.finditer(r"\[[^\]]*\]\([^)]*\)|`[^`]*`", line)
    )


def target_url(citation: Citation) -> str:
    if citation.target_passage:
        return reverse("library:passage", args=[citation.target_passage.uid])
    return reverse("library:document_detail", args=[citation.target.slug]) if citation.target else ""
