"""Finding passages and documents however they were typed; the index is derived and can be thrown away."""

from thongsuot.library.search.asking import Hit, plain, search

__all__ = ["Hit", "plain", "search"]
