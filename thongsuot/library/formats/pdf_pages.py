"""A page of a PDF as a picture, to be laid beside what was read from it."""

import io
from pathlib import Path

import pypdfium2 as pdfium

from thongsuot.library.formats.drafts import CannotRead

WIDEST = 2400


def page_png(path: Path, number: int, width: int) -> bytes:
    """Page ``number`` counted from 1. Raises CannotRead where there is no such page or it cannot be drawn."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise CannotRead("damaged") from error
    try:
        if not 1 <= number <= len(document):
            raise CannotRead("no-page", str(number))
        page = document[number - 1]
        across, high = page.get_size()
        scale = min(width, WIDEST) / max(across, high / 3, 1)
        out = io.BytesIO()
        page.render(scale=scale).to_pil().save(out, "PNG")
        return out.getvalue()
    except pdfium.PdfiumError as error:
        raise CannotRead("damaged") from error
    finally:
        document.close()
