"""EPUB 3: chapters, contents, the printed edition's pages, notes that open in place, pictures, and what they are."""

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from lxml import etree

from thongsuot.library.copies import front, pictures, xhtml
from thongsuot.library.copies.works import Block, Image, Names, Work
from thongsuot.library.copies.xhtml import add

OPF, DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
_CONTAINER = b"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_STYLE = Path(__file__).parent / "forms" / "book.css"


def write(work: Work, out: Path, *, cover: bytes, told: Callable[[int], None] = lambda _percent: None) -> None:
    """The book as a file; ``cover`` is a JPEG picture. The words of the book's own pages are in its language."""
    with override(work.language), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        # Reading systems know the file by its first entry, which is not packed.
        archive.writestr(zipfile.ZipInfo("mimetype"), b"application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", _CONTAINER)
        _Book(work, archive, told).write(cover)


class _Book:
    def __init__(self, work: Work, archive: zipfile.ZipFile, told: Callable[[int], None]) -> None:
        self.work, self.archive, self.told = work, archive, told
        self.name = Names()
        self.items: list[tuple[str, str, str, str]] = []  # (id, href, media type, properties)
        self.spine: list[str] = []
        self.files = [f"c{n:04}.xhtml" for n in range(1, len(work.chapters) + 1)]
        self.places = {
            block.anchor: file
            for file, chapter in zip(self.files, work.chapters, strict=True)
            for block in chapter.blocks
        }
        self.pictures: dict[Image, str] = {}

    def write(self, cover: bytes) -> None:
        self._keep("style.css", "style", "text/css", _STYLE.read_bytes())
        self._keep("cover.jpg", "cover-image", "image/jpeg", cover, "cover-image")
        self._cover_page()
        self._front_page()
        for n, image in enumerate(self.work.images):
            self._picture(n, image)
            self.told(5 + 60 * n // len(self.work.images))
        for n, (file, chapter) in enumerate(zip(self.files, self.work.chapters, strict=True)):
            self._chapter(file, chapter.title, chapter.blocks)
            self.told(65 + 30 * n // len(self.files))
        self._about_page()
        self._keep("nav.xhtml", "nav", "application/xhtml+xml", self._nav(), "nav")
        self.spine.insert(2, "nav")  # after the title page
        self.archive.writestr("EPUB/package.opf", self._package())

    def _keep(self, href: str, key: str, media: str, data: bytes, properties: str = "") -> None:
        packed = zipfile.ZIP_STORED if media.startswith("image/") and "svg" not in media else zipfile.ZIP_DEFLATED
        self.archive.writestr(zipfile.ZipInfo(f"EPUB/{href}"), data, packed)
        self.items.append((key, href, media, properties))

    def _page(self, href: str, key: str, root: Any) -> None:
        self._keep(href, key, "application/xhtml+xml", xhtml.written(root))
        self.spine.append(key)

    def _picture(self, n: int, image: Image) -> None:
        data, ending = pictures.made_ready(image)
        self.pictures[image] = f"anh-{n + 1:04}.{ending}"
        self._keep(self.pictures[image], f"anh-{n + 1:04}", pictures.MEDIA[ending], data)

    def _cover_page(self) -> None:
        root, body = xhtml.document(self.work.title, self.work.language, kind="cover")
        add(
            add(body, "div", class_="cover"),
            "img",
            src="cover.jpg",
            alt=_("Cover: %(title)s") % {"title": self.work.title},
            role="doc-cover",
        )
        self._page("cover.xhtml", "cover", root)

    def _front_page(self) -> None:
        root, body = xhtml.document(self.work.title, self.work.language, kind="frontmatter")
        section = add(body, "section", class_="front", type_="titlepage")
        add(section, "h1", text=self.work.title)
        for line in front.lines(self.work):
            add(section, "p", text=line)
        self._page("front.xhtml", "front", root)

    def _about_page(self) -> None:
        title = _("About this copy")
        root, body = xhtml.document(title, self.work.language, kind="backmatter")
        section = add(body, "section", class_="about", role="doc-colophon", type_="colophon")
        add(section, "h1", text=title)
        for line in front.about(self.work):
            add(section, "p", text=line)
        add(add(section, "p"), "a", text=self.work.address, href=self.work.address)
        self._page("about.xhtml", "about", root)

    def _chapter(self, file: str, title: str, blocks: list[Block]) -> None:
        root, body = xhtml.document(title, self.work.language, kind="bodymatter")
        section = add(body, "section")
        page = xhtml.Page(
            section, self.name, lambda anchor: self._link(anchor, file), self.pictures.__getitem__, self.work.notes,
            lambda number: _("Page %(number)s") % {"number": number}, back=_("Back to the mark of note"),
        )  # fmt: skip
        if not blocks[0].level:
            add(section, "h1", text=title)
        for block in blocks:
            page.block(block)
        page.write_notes()
        self._page(file, file.removesuffix(".xhtml"), root)

    def _link(self, anchor: str, file: str) -> str:
        place = self.places.get(anchor)
        if place is None:
            return ""
        return f"{'' if place == file else place}#{self.name(anchor)}"

    def _nav(self) -> bytes:
        root, body = xhtml.document(_("Contents"), self.work.language)
        toc = add(body, "nav", type_="toc", role="doc-toc", id="toc")
        add(toc, "h1", text=_("Contents"))
        self._contents(add(toc, "ol"))
        if self.work.pages:
            self._page_list(body)
        marks = add(body, "nav", type_="landmarks", hidden="hidden")
        add(marks, "h2", text=_("Landmarks"))
        places = add(marks, "ol")
        for kind, href, words in (
            ("cover", "cover.xhtml", _("Cover")), ("toc", "#toc", _("Contents")),
            ("bodymatter", self.files[0] if self.files else "front.xhtml", _("Start of the text")),
        ):  # fmt: skip
            add(add(places, "li"), "a", text=words, href=href, type_=kind)
        return xhtml.written(root)

    def _contents(self, top: Any) -> None:
        """Headings as a tree; a chapter that begins without one stands under its name."""
        lists: dict[int, Any] = {0: top}
        for file, chapter in zip(self.files, self.work.chapters, strict=True):
            if not chapter.blocks[0].level:
                lists = {0: top, 1: add(top, "li")}
                add(lists[1], "a", text=chapter.title, href=file)
            for block in chapter.blocks:
                if block.level:
                    above = lists[max(level for level in lists if level < block.level)]
                    item = add(above if above is top else _list_in(above), "li")
                    add(item, "a", text=block.title or "…", href=f"{file}#{self.name(block.anchor)}")
                    lists = {level: each for level, each in lists.items() if level < block.level} | {block.level: item}
        if not len(top):
            add(add(top, "li"), "a", text=self.work.title, href="front.xhtml")

    def _page_list(self, body: Any) -> None:
        listed = add(body, "nav", type_="page-list", role="doc-pagelist", hidden="hidden")
        add(listed, "h2", text=_("Pages of the printed edition"))
        places, told = add(listed, "ol"), set()
        for block in self.work.blocks():
            if block.page and block.page not in told:
                told.add(block.page)
                href = f"{self.places[block.anchor]}#{self.name(f'page {block.page}')}"
                add(add(places, "li"), "a", text=block.page, href=href)

    def _package(self) -> bytes:
        work = self.work
        root = etree.Element(f"{{{OPF}}}package", nsmap={None: OPF})
        for name, value in (
            ("version", "3.0"),
            ("unique-identifier", "uid"),
            ("prefix", "a11y: http://www.idpf.org/epub/vocab/package/a11y/#"),
        ):
            root.set(name, value)
        root.set("{http://www.w3.org/XML/1998/namespace}lang", work.language)
        self._metadata(etree.SubElement(root, f"{{{OPF}}}metadata", nsmap={"dc": DC}))
        manifest = etree.SubElement(root, f"{{{OPF}}}manifest")
        for key, href, media, properties in self.items:
            item = etree.SubElement(manifest, f"{{{OPF}}}item", {"id": key, "href": href, "media-type": media})
            if properties:
                item.set("properties", properties)
        spine = etree.SubElement(root, f"{{{OPF}}}spine")
        for key in self.spine:
            etree.SubElement(spine, f"{{{OPF}}}itemref", idref=key)
        return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))

    def _metadata(self, metadata: Any) -> None:
        work = self.work

        def dc(name: str, text: str, **attributes: str) -> None:
            if text:
                etree.SubElement(metadata, f"{{{DC}}}{name}", attributes).text = text

        def meta(name: str, text: str) -> None:
            etree.SubElement(metadata, f"{{{OPF}}}meta", property=name).text = text

        dc("identifier", work.identifier, id="uid")
        dc("title", work.title)
        dc("language", work.language)
        dc("creator", work.author or work.issuer)
        dc("publisher", work.issuer)
        dc("date", work.issued_on.isoformat() if work.issued_on else "")
        dc("description", work.subject)
        dc("source", work.address)
        changed = datetime.combine(work.made_on, datetime.min.time(), UTC) if work.made_on else datetime.now(UTC)
        meta("dcterms:modified", changed.strftime("%Y-%m-%dT%H:%M:%SZ"))
        for name, text in self._accessibility():
            meta(name, text)
        # Older readers look for the cover here.
        etree.SubElement(metadata, f"{{{OPF}}}meta", name="cover", content="cover-image")

    def _accessibility(self) -> list[tuple[str, str]]:
        """What the book offers to whoever cannot see it, in the words of schema.org."""
        plates = [block for block in self.work.blocks() if block.image]
        is_described = all(block.alt or block.words or block.label for block in plates)
        said = [("schema:accessMode", "textual")]
        if plates:
            said.append(("schema:accessMode", "visual"))
        if is_described:
            said.append(("schema:accessModeSufficient", "textual"))
        said.append(
            ("schema:accessModeSufficient", "textual,visual") if plates else ("schema:accessibilityHazard", "none")
        )
        features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"]
        if plates and is_described:
            features.append("alternativeText")
        if self.work.pages:
            features += ["pageBreakMarkers", "pageNavigation"]
        said += [("schema:accessibilityFeature", feature) for feature in features]
        if plates:
            said.append(("schema:accessibilityHazard", "none"))
        summary = _("Headings, contents and notes are marked; the text follows the reader's size and colours.")
        said.append(("schema:accessibilitySummary", summary))
        if self.work.pages:
            said.append(("pageBreakSource", _("printed edition of “%(title)s”") % {"title": self.work.title}))
        return said


def _list_in(item: Any) -> Any:
    return item[-1] if item[-1].tag.endswith("}ol") else add(item, "ol")
