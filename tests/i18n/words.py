"""Every sentence of a room that asks to be translated, found in its Python and its templates."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

# What each word of Django takes, by position: c context, s the sentence, p its plural.
TAKES = {
    "gettext": "s", "gettext_lazy": "s", "gettext_noop": "s",
    "ngettext": "sp", "ngettext_lazy": "sp",
    "pgettext": "cs", "pgettext_lazy": "cs",
    "npgettext": "csp", "npgettext_lazy": "csp",
}  # fmt: skip

_STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"(?<!\w)(_|gettext|ngettext|pgettext|npgettext)\(((?:{_STRING}(?:,\s*)?)+)(?:count)?\)")


@dataclass(frozen=True, order=True)
class Sentence:
    """What a catalogue is asked for."""

    text: str
    plural: str = ""
    context: str = ""

    def __str__(self) -> str:
        return f"{self.text!r}" + (f" ({self.context})" if self.context else "")


def sentences_of(room: Path) -> dict[Sentence, str]:
    """Each with the first place that says it; tests say nothing to readers."""
    found: dict[Sentence, str] = {}
    for path in sorted(room.rglob("*")):
        if "tests" in path.parts or path.suffix not in (".py", ".html", ".txt") or "locale" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        said = _in_python(source) if path.suffix == ".py" else _in_template(source)
        for sentence in said:
            found.setdefault(sentence, str(path.relative_to(room.parent)))
    return found


def _sentence(takes: str, parts: list[str]) -> Sentence:
    given = dict(zip(takes, parts, strict=False))
    return Sentence(given["s"], given.get("p", ""), given.get("c", ""))


def _in_python(source: str) -> Iterator[Sentence]:
    tree = ast.parse(source)
    known = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            known |= {name.asname or name.name: TAKES[name.name] for name in node.names if name.name in TAKES}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            takes = known.get(node.func.id)
        else:
            # Said as translation.gettext: the module was imported.
            takes = TAKES.get(getattr(node.func, "attr", ""))
        strings = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if takes and len(strings) >= len(takes):
            yield _sentence(takes, strings)


def _in_template(source: str) -> Iterator[Sentence]:
    for call in _CALL.finditer(templatize(source)):
        name = "gettext" if call[1] == "_" else call[1]
        yield _sentence(TAKES[name], [ast.literal_eval(string) for string in re.findall(_STRING, call[2])])
