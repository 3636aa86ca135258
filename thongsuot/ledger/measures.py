"""What is counted. Each room announces its own measures where it posts them."""

from dataclasses import dataclass

from django.utils.functional import Promise

_known: dict[str, "Measure"] = {}


@dataclass(frozen=True)
class Measure:
    code: str
    name: Promise | str
    # People are never the sum of attendances: the two kinds are kept apart wherever figures show.
    counts: str = "things"  # things | people | attendances

    def __str__(self) -> str:
        return str(self.name)


def measure(code: str, name: Promise | str, *, counts: str = "things") -> Measure:
    """Announce a measure; the code is its lasting key in the ledger."""
    _known[code] = Measure(code, name, counts)
    return _known[code]


def measure_named(code: str) -> Measure:
    return _known.get(code) or Measure(code, code)


def is_measure(code: str) -> bool:
    return code in _known
