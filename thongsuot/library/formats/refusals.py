"""Why a file was not read, as sentences for the person who sent it."""

from django.utils.translation import gettext as _

from thongsuot.library.formats.drafts import CannotRead


def sentence(refusal: CannotRead) -> str:
    """What is wrong with the file and what to do, in the person's language."""
    return _sentences(refusal).get(refusal.reason) or _("The file could not be read. Save it anew and send that.")


def _sentences(refusal: CannotRead) -> dict[str, str]:
    return {
        "empty": _("There is no text in the file. Choose it again."),
        "scan": _(
            "This PDF holds pictures of pages, no text. Run text recognition (OCR) over it, or send the Word file "
            "that it was printed from."
        ),
        "picture": _(
            "This is a picture, no text. Run text recognition (OCR) over it, or send the Word file of the paper."
        ),
        "locked": _("This file is locked with a password. Save a copy without one and send that."),
        "damaged": _("The file is damaged. Open it on your computer, save it anew and send that."),
        "disordered": _("The file's inside is not in order. Open it in Word or Excel, save it anew and send that."),
        "bomb": _("The file would unpack to far too much. It was not opened."),
        "entities": _("The file defines abbreviations of its own (XML entities). Such files are not opened."),
        "macros": _("The file holds macros. Save it without macros (.docx or .xlsx) and send that."),
        "too-big": _("The file is too large, or asks too much to be read. Send it in parts."),
        "too-many-pages": _("The PDF has more pages than can be taken at once (3,000). Send it in parts."),
        "too-many-pictures": _("The file holds more pictures than can be taken at once. Send it in parts."),
        "old-word": _("This is a file of an old version of Word, or RTF. Save it as .docx and send that."),
        "other-format": _("The file is not what its name says it is. Save it anew with the right ending."),
        "not-text": _("The file is not text in an encoding that can be read. Save it as UTF-8."),
        "unknown": _("Here only these kinds of text are taken: DOCX, PDF, EPUB, HTML, Markdown, plain text."),
        "worker-gone": _(
            "The import was broken off several times. The file may ask too much of this machine: send it in parts, or "
            "ask whoever runs this system."
        ),
        "unexpected": _("Something went wrong that nobody foresaw. Try again, and tell whoever runs this system."),
        "stands-already": _(
            "The library holds a document of this issuer, number and date, and others keep it. Ask them to take in the "
            "newer text."
        ),
        "like-gone": _("The document that it was to be a newer text of is gone. Send the file again."),
        "page-map": _("The list of pages does not fit the text: see its line %(line)s.") % {"line": refusal.detail},
    }
