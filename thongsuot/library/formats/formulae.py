"""Formulae of Word (OMML) as one readable line: x_i^2, (a + b)/c, √(x), ∑_{i=1}^{n} x_i."""

from typing import Any

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SIMPLE = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DEEPEST = 60


def linear(element: Any, depth: int = 0) -> str:
    """The formula in one line. What is nested deeper than any real formula is left out."""
    if depth > _DEEPEST:
        return "…"
    tag = element.tag
    if not isinstance(tag, str) or not tag.startswith(_M):
        return ""
    write = _WRITERS.get(tag.removeprefix(_M))
    return write(element, depth) if write else _inside(element, depth)


def _inside(element: Any, depth: int) -> str:
    return "".join(linear(child, depth + 1) for child in element)


def _child(element: Any, name: str, depth: int) -> str:
    found = element.find(f"{_M}{name}")
    return "" if found is None else linear(found, depth + 1).strip()


def _value(element: Any, path: str, otherwise: str) -> str:
    found = element.find("/".join(f"{_M}{name}" for name in path.split("/")))
    return otherwise if found is None else found.get(f"{_M}val", otherwise)


def _group(text: str) -> str:
    """In round brackets, unless it is one thing."""
    return text if all(letter in _SIMPLE or letter.isalpha() for letter in text) else f"({text})"


def _script(sign: str, text: str) -> str:
    if not text:
        return ""
    return f"{sign}{text}" if len(text) == 1 else f"{sign}{{{text}}}"


def _run(element: Any, depth: int) -> str:
    return "".join(text.text or "" for text in element.findall(f"{_M}t"))


def _fraction(element: Any, depth: int) -> str:
    return f"{_group(_child(element, 'num', depth))}/{_group(_child(element, 'den', depth))}"


def _scripts(element: Any, depth: int) -> str:
    base, sub, sup = (_child(element, name, depth) for name in ("e", "sub", "sup"))
    return f"{base}{_script('_', sub)}{_script('^', sup)}"


def _nary(element: Any, depth: int) -> str:
    sign = _value(element, "naryPr/chr", "∫")
    sub, sup, base = (_child(element, name, depth) for name in ("sub", "sup", "e"))
    return f"{sign}{_script('_', sub)}{_script('^', sup)} {base}"


def _radical(element: Any, depth: int) -> str:
    degree = _child(element, "deg", depth)
    return f"{f'^{degree}' if degree else ''}√({_child(element, 'e', depth)})"


def _delimited(element: Any, depth: int) -> str:
    begin, end = _value(element, "dPr/begChr", "("), _value(element, "dPr/endChr", ")")
    between = _value(element, "dPr/sepChr", "|")
    parts = element.findall(f"{_M}e")
    inside = between.join(linear(each, depth + 1).strip() for each in parts)
    if len(parts) == 1 and [each.tag for each in parts[0]] == [f"{_M}m"] and begin and end:
        inside = inside[1:-1]  # a matrix in brackets of its own
    return f"{begin}{inside}{end}"


def _rows(element: Any, depth: int) -> str:
    # Word writes an empty row where a line ended in a break.
    rows = ([linear(cell, depth + 1).strip() for cell in row.findall(f"{_M}e")] for row in element.findall(f"{_M}mr"))
    return "[" + "; ".join(", ".join(row) for row in rows if any(row)) + "]"


def _lines(element: Any, depth: int) -> str:
    return "; ".join(linear(line, depth + 1).strip() for line in element.findall(f"{_M}e"))


def _accent(element: Any, depth: int) -> str:
    return f"{_child(element, 'e', depth)}{_value(element, 'accPr/chr', '̂')}"


def _limit(sign: str) -> Any:
    return lambda element, depth: f"{_child(element, 'e', depth)}{_script(sign, _child(element, 'lim', depth))}"


def _function(element: Any, depth: int) -> str:
    return f"{_child(element, 'fName', depth)} {_child(element, 'e', depth)}"


_WRITERS: dict[str, Any] = {
    "r": _run,
    "f": _fraction,
    "sSub": _scripts,
    "sSup": _scripts,
    "sSubSup": _scripts,
    "nary": _nary,
    "rad": _radical,
    "d": _delimited,
    "m": _rows,
    "eqArr": _lines,
    "acc": _accent,
    "limLow": _limit("_"),
    "limUpp": _limit("^"),
    "func": _function,
}
