"""What stands on a copy's own pages: who says it, when, and where the text is kept."""

from django.utils.translation import gettext as _

from thongsuot.library.copies.works import Work
from thongsuot.web.templatetags.web import day


def lines(work: Work) -> list[str]:
    """Under the title, each a line."""
    issued = day(work.issued_on) if work.issued_on else ""
    number = work.number if work.number not in work.title else ""
    said = [work.author, work.issuer if work.issuer != work.author else "", number, issued]
    return [line for line in (*said, work.subject, work.remark) if line]


def about(work: Work) -> list[str]:
    """At the end, before the lasting address."""
    said = []
    if work.made_on:
        said.append(_("This copy was made on %(day)s from the library's text.") % {"day": day(work.made_on)})
    if work.pages:
        said.append(_("Page numbers in it are those of the printed edition."))
    said.append(_("The text as it stands today, with what it cites and what cites it:"))
    return said
