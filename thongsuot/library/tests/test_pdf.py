import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thongsuot.library.formats import pdf
from thongsuot.library.formats.apart import format_of, read_apart
from thongsuot.library.formats.drafts import CannotRead

WORDS = "Every office of the city reads a chapter each week and says what it means for its own work."


Row = tuple[int, int, int, str]  # x, y, size, words; of size 8 they stand in a typewriter's letters
_TYPED = 8
_SIZE = b"/MediaBox[0 0 420 595]/Resources<</Font<</F1 3 0 R/F8 4 0 R>>>>"


def a_pdf(pages: list[list[Row]], *, first: int = 1, outline: dict[str, int] | None = None) -> bytes:
    """Pages of lines, labelled from ``first`` on, with an outline of title → page index."""
    outline = outline or {}
    font = b"<</Type/Font/Subtype/Type1/BaseFont/%s>>"
    objects: dict[int, bytes] = {1: b"", 2: b"", 3: font % b"Helvetica", 4: font % b"Courier"}
    kids = []
    for lines in pages:
        shown = "\n".join(
            f"BT /F{8 if size == _TYPED else 1} {size} Tf {x} {y} Td ({words}) Tj ET" for x, y, size, words in lines
        ).encode()
        content, page = len(objects) + 1, len(objects) + 2
        objects[content] = b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown)
        objects[page] = b"<</Type/Page/Parent 2 0 R%s/Contents %d 0 R>>" % (_SIZE, content)
        kids.append(page)
    root = len(objects) + 1
    for n, (title, number) in enumerate(outline.items()):
        after = b"/Next %d 0 R" % (root + n + 2) if n + 1 < len(outline) else b""
        dest = b"[%d 0 R/Fit]" % kids[number]
        objects[root + 1 + n] = b"<</Title(%s)/Parent %d 0 R/Dest%s%s>>" % (title.encode(), root, dest, after)
    objects[root] = b"<</First %d 0 R/Last %d 0 R/Count %d>>" % (
        root + 1,
        root + len(outline),
        len(outline),
    )
    labels = b"/PageLabels<</Nums[0<</S/D/St %d>>]>>" % first
    objects[1] = b"<</Type/Catalog/Pages 2 0 R%s%s>>" % (labels, b"/Outlines %d 0 R" % root if outline else b"")
    objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    out, places = b"%PDF-1.7\n", {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
    xref = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, table)
    return out + xref + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(out))


def said(n: int) -> str:
    """What the page says: its own words, as no running head would."""
    return f"{('First', 'Second', 'Third', 'Fourth')[n]} {WORDS}"


def a_page(number: int, *lines: tuple[int, str]) -> list[Row]:
    """A running head, the lines in their sizes, and the printed number at the foot."""
    made = [(40, 565, 9, "The book of offices"), (205, 62, 11, str(number))]
    y = 520
    for size, words in lines:
        made.append((40, y, size, words))
        y -= size + 4
    return made


def halves(text: str) -> list[tuple[int, str]]:
    words = text.split()
    return [(11, " ".join(words[:9])), (11, " ".join(words[9:]))]


def a_book(**more) -> bytes:
    pages = [a_page(7 + n, *([(18, title)] if title else []), *halves(said(n))) for n, title in enumerate(TITLES)]
    return a_pdf(pages, first=7, **more)


TITLES = ("Opening", "", "Second chapter", "")


def test_headings_come_from_the_outline_pages_from_their_labels_and_running_heads_go(tmp_path):
    (tmp_path / "a.pdf").write_bytes(a_book(outline={"Opening": 0, "Second chapter": 2}))
    assert format_of(tmp_path / "a.pdf") == "pdf"
    reading = pdf.read(tmp_path / "a.pdf", tmp_path)
    assert [(draft.kind, draft.text or draft.heading, draft.printed_page) for draft in reading.drafts] == [
        ("chapter", "Opening", "7"),
        ("paragraph", said(0), "7"),
        ("paragraph", said(1), "8"),
        ("chapter", "Second chapter", "9"),
        ("paragraph", said(2), "9"),
        ("paragraph", said(3), "10"),
    ]


def test_without_an_outline_headings_come_from_their_size(tmp_path):
    (tmp_path / "a.pdf").write_bytes(a_book())
    headings = [draft.heading for draft in pdf.read(tmp_path / "a.pdf", tmp_path).drafts if draft.kind == "chapter"]
    assert headings == ["Opening", "Second chapter"]


def test_code_keeps_its_lines_and_a_formula_in_a_sentence_stays_in_it(tmp_path):
    page = [
        (40, 500, 11, "The first office counts its papers with the call"), (283, 500, 8, "count_all"),
        (330, 500, 11, "each week,"), (40, 486, 11, "as its clerks say."),
        (40, 466, 8, "for n in papers:"), (59, 455, 8, "count\\(n\\)"),
        (40, 433, 8, "done"),
        (40, 410, 11, "Then they are at its"), (150, 410, 8, "far end, as the lists of n in all these papers may"),
        (40, 396, 8, "say"), (58, 396, 11, "it is."),
    ]  # fmt: skip
    (tmp_path / "a.pdf").write_bytes(a_pdf([page, a_page(2, *halves(said(1)))]))
    texts = [draft.text for draft in pdf.read(tmp_path / "a.pdf", tmp_path).drafts]
    assert texts[:3] == [
        "The first office counts its papers with the call `count_all` each week, as its clerks say.",
        "```\nfor n in papers:\n    count(n)\n\ndone\n```",
        "Then they are at its `far end, as the lists of n in all these papers may say` it is.",
    ]


def test_a_short_line_above_a_heading_stays_text(tmp_path):
    first = a_page(1, *halves(said(0)), (11, "as it says."), (18, "Opening"), *halves(said(1)))
    pages = [first, a_page(2, *halves(said(2)))]
    (tmp_path / "a.pdf").write_bytes(a_pdf(pages, outline={"Opening": 0}))
    drafts = pdf.read(tmp_path / "a.pdf", tmp_path).drafts
    assert [draft.heading or draft.text for draft in drafts][:3] == [f"{said(0)} as it says.", "Opening", said(1)]


def test_words_that_end_every_page_alike_are_no_running_foot(tmp_path):
    lines = [(11, "This book was lent by the library and goes back to"), (11, "the same shelf within four weeks.")]
    pages = []
    for n in range(3):
        page = [(40, 565, 9, "The book of offices"), (205, 50, 11, str(n + 1))]
        words = [*halves(said(n)), *lines]
        page += [(40, 82 + 13 * (len(words) - place), size, text) for place, (size, text) in enumerate(words)]
        pages.append(page)
    (tmp_path / "a.pdf").write_bytes(a_pdf(pages))
    text = " ".join(draft.text for draft in pdf.read(tmp_path / "a.pdf", tmp_path).drafts)
    assert text.count("within four weeks.") == 3
    assert "The book of offices" not in text


def test_a_word_parted_at_the_end_of_a_line_or_a_page_is_one_word(tmp_path):
    first = a_page(1, (11, f"{said(0)} It tells how the neigh-"), (11, "bours see it, and what they have under-"))
    second = a_page(2, (11, f"stood of it. {said(1)}"))
    (tmp_path / "a.pdf").write_bytes(a_pdf([first, second]))
    (only,) = [draft.text for draft in pdf.read(tmp_path / "a.pdf", tmp_path).drafts]
    assert "the neighbours see it, and what they have understood of it." in only


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\nnothing", "damaged"),
        (a_pdf([[], []]), "empty"),
        (a_pdf([[(40, 500, 11, "x")]] * 3001), "too-many-pages"),
    ],
    ids=["damaged", "empty", "too many pages"],
)
def test_what_is_no_book_is_refused(tmp_path, data, reason):
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(CannotRead) as refusal:
        read_apart(tmp_path / "a.pdf", tmp_path, "pdf")
    assert refusal.value.reason == reason


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, damage):
    data = bytearray(a_book(outline={"Opening": 0}))
    for place, some in damage:
        data[place : place + len(some)] = some
    (tmp_path / "a.pdf").write_bytes(bytes(data))
    with contextlib.suppress(CannotRead):
        pdf.read(tmp_path / "a.pdf", tmp_path)
