"""EPUB: its pages in their order, with the printed edition's page list, pictures and notes."""

import posixpath
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from thongsuot.library.formats import progress
from thongsuot.library.formats.archives import MB, Archive
from thongsuot.library.formats.books import Book
from thongsuot.library.formats.drafts import CannotRead, Reading
from thongsuot.library.formats.html import Walk, finished, parsed

_LARGEST_PICTURE, _LARGEST_PAGE = 30 * MB, 20 * MB
_PICTURES = {".png": ".png", ".jpg": ".jpg", ".jpeg": ".jpg", ".gif": ".gif", ".webp": ".webp"}
# Fonts may be scrambled in a book that is otherwise free to read.
_FONTS_ONLY = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")


def read(path: Path, into: Path) -> Reading:
    return _Book(Archive(path), into).reading()


class _Book:
    def __init__(self, archive: Archive, into: Path) -> None:
        self.archive, self.into = archive, into
        self.saved: dict[str, str] = {}
        self._refuse_locked()
        container = _xml(archive.read("META-INF/container.xml", MB))
        self.opf_name = next((each.get("full-path", "") for each in _named(container, "rootfile")), "")
        self.opf = _xml(archive.read(self.opf_name, 10 * MB))
        self.folder = posixpath.dirname(self.opf_name)
        self.items = {
            item.get("id", ""): (self._place(self.opf_name, item.get("href", "")), item.get("properties", ""))
            for item in _named(self.opf, "item")
        }
        self.pages = self._page_list()

    def _refuse_locked(self) -> None:
        if "META-INF/encryption.xml" in self.archive:
            words = self.archive.read("META-INF/encryption.xml", MB)
            if words.count(b"EncryptionMethod") > sum(words.count(name) for name in _FONTS_ONLY) * 2:
                raise CannotRead("locked")

    @staticmethod
    def _place(of: str, address: str) -> str:
        bare = unquote(address.partition("#")[0])
        return posixpath.normpath(posixpath.join(posixpath.dirname(of), bare)) if bare else of

    def _page_list(self) -> dict[str, dict[str, str]]:
        """For each file, the printed page that begins at an id."""
        pages: dict[str, dict[str, str]] = {}
        for name, properties in self.items.values():
            if "nav" not in properties.split() or name not in self.archive:
                continue
            root = parsed(self.archive.read(name, _LARGEST_PAGE), "utf-8")
            for nav in root.iter("nav"):
                if "page-list" not in f"{nav.get('epub:type', '')} {nav.get('role', '')}":
                    continue
                for link in nav.iter("a"):
                    file, mark = self._place(name, link.get("href", "")), link.get("href", "").partition("#")[2]
                    pages.setdefault(file, {})[mark] = " ".join("".join(link.itertext()).split())
        return pages

    def reading(self) -> Reading:
        walk = Walk(Book(), lambda address: "")
        for reference in progress.along(_named(self.opf, "itemref"), 0, 70):
            name, properties = self.items.get(reference.get("idref", ""), ("", ""))
            if not name or name not in self.archive or "nav" in properties.split():
                continue
            walk.fetch = lambda address, name=name: self._picture(name, address)  # type: ignore[misc]
            walk.pages = self.pages.get(name, {})
            walk.page = walk.pages.get("", walk.page)
            walk.body(parsed(self.archive.read(name, _LARGEST_PAGE), "utf-8"))
        walk.book.pictures = walk.pictures
        walk.book.about.author = self._said("creator")[:200]
        return finished(walk, self._said("title"))

    def _picture(self, page: str, address: str) -> str:
        place = self._place(page, address)
        if place in self.saved:
            return self.saved[place]
        ending = _PICTURES.get(posixpath.splitext(place)[1].lower(), "")
        name = ""
        if ending and place in self.archive:
            name = f"anh-{len(self.saved) + 1:04}{ending}"
            (self.into / name).write_bytes(self.archive.read(place, _LARGEST_PICTURE))
        self.saved[place] = name
        return name

    def _said(self, name: str) -> str:
        return next((" ".join("".join(each.itertext()).split()) for each in _named(self.opf, name)), "")


def _xml(data: bytes) -> Any:
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise CannotRead("entities")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise CannotRead("damaged", str(error)[:120]) from error


def _named(root: Any, name: str) -> list[Any]:
    return [each for each in root.iter() if isinstance(each.tag, str) and each.tag.rpartition("}")[2] == name]
