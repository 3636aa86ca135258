"""Finding passages and documents however they were typed; the index is derived and can be thrown away."""

from thongsuot.library.search.asking import Hit, plain, search
from thongsuot.library.search.matching import Reader
from thongsuot.library.search.results import Results, look, named_among
from thongsuot.library.search.suggesting import Suggestion, suggest

__all__ = ["Hit", "Reader", "Results", "Suggestion", "look", "named_among", "plain", "search", "suggest"]
