"""Archives that come from anyone: looked over before anything is unpacked, and never unpacked past a limit."""

import zipfile
import zlib
from pathlib import Path

from thongsuot.library.formats.drafts import CannotRead

MB = 1024 * 1024
ENTRIES = 5000
UNPACKED = 400 * MB
# Plain XML shrinks a lot honestly: only a large entry betrays a bomb.
RATIO, SWOLLEN = 200, 10 * MB
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError, OSError,
)  # fmt: skip


class Archive:
    """A ZIP file whose list of entries was found harmless. Raises CannotRead wherever it is not."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            self._entries = {_plain(entry.filename): entry for entry in self._zip.infolist()}
            listed = self._zip.infolist()
        except BROKEN as error:
            raise CannotRead("damaged") from error
        if any(entry.flag_bits & 1 for entry in listed):
            raise CannotRead("locked")
        if len(listed) > ENTRIES or sum(entry.file_size for entry in listed) > UNPACKED:
            raise CannotRead("bomb")
        if any(entry.file_size > SWOLLEN and entry.file_size > RATIO * entry.compress_size for entry in listed):
            raise CannotRead("bomb")
        if len(self._entries) < len(listed) or any(_escapes(name) for name in self._entries):
            raise CannotRead("disordered")
        lower = [name.lower() for name in self._entries]
        if any(name.endswith(("vbaproject.bin", ".vbs", ".exe")) or "/activex/" in name for name in lower):
            raise CannotRead("macros")

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._entries

    def names(self) -> list[str]:
        return list(self._entries)

    def read(self, name: str, most: int = 100 * MB) -> bytes:
        """The entry unpacked, ``most`` bytes at the most: what the list says of its size is not believed."""
        entry = self._entries.get(_plain(name))
        if entry is None:
            raise CannotRead("damaged", name)
        try:
            with self._zip.open(entry) as file:
                data = file.read(most + 1)
        except BROKEN as error:
            raise CannotRead("damaged", name) from error
        if len(data) > most:
            raise CannotRead("bomb", name)
        return data


def _plain(name: str) -> str:
    return name.replace("\\", "/").removeprefix("./")


def _escapes(name: str) -> bool:
    return name.startswith("/") or ":" in name or ".." in name.split("/") or "\0" in name
