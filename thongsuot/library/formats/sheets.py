"""A source without pages in its own words, cut into sheets: what a person sees beside what was read from it."""

LETTERS = 2500  # of a sheet, about
_LONGEST = 20_000  # of one line


class Sheets:
    """Takes the source's lines in their order; each stands on one sheet, counted from 1."""

    def __init__(self) -> None:
        self._sheets: list[list[str]] = []
        self._letters = 0

    def add(self, line: str) -> int:
        """The number of the sheet on which the line stands."""
        if not self._sheets or self._letters > LETTERS:
            self._sheets.append([])
            self._letters = 0
        line = line.replace("\0", "")[:_LONGEST]
        self._sheets[-1].append(line)
        self._letters += len(line) + 1
        return len(self._sheets)

    def texts(self) -> list[str]:
        return ["\n".join(lines) for lines in self._sheets]
