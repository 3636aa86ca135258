"""The criteria of a self-review: dated data (practice/rules), a variant for each sort of organisation."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

RULES = Path(__file__).parent / "rules"


@dataclass(frozen=True)
class Criterion:
    code: str
    group: str
    text: str
    text_en: str
    anchor: str
    anchor_en: str
    applies: tuple[str, ...]
    evidence: str
    evidence_en: str
    document: str = ""
    article: str = ""


@dataclass(frozen=True)
class Group:
    code: str
    title: str
    title_en: str


@dataclass(frozen=True)
class Template:
    version: str
    valid_from: date
    source: str
    source_en: str
    groups: dict[str, Group]
    criteria: tuple[Criterion, ...]

    def variant(self, sector: str) -> list[Criterion]:
        """The criteria that apply to that sort of organisation, in the order of the template."""
        return [c for c in self.criteria if sector in c.applies]

    def grouped(self, sector: str) -> list[tuple[Group, list[Criterion]]]:
        """Groups that hold something for that sort of organisation."""
        rows = [(group, [c for c in self.variant(sector) if c.group == code]) for code, group in self.groups.items()]
        return [(group, criteria) for group, criteria in rows if criteria]


@lru_cache
def templates() -> tuple[Template, ...]:
    found = []
    for file in sorted(RULES.glob("self_review-*.toml")):
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        criteria = tuple(
            Criterion(
                code=row["code"],
                group=row["group"],
                text=row["text_vi"],
                text_en=row["text_en"],
                anchor=row.get("anchor_vi", ""),
                anchor_en=row.get("anchor_en", ""),
                applies=tuple(row["applies"]),
                evidence=row.get("evidence_vi", ""),
                evidence_en=row.get("evidence_en", ""),
                document=str(row.get("document", "")),
                article=str(row.get("article", "")),
            )
            for row in raw["criterion"]
        )
        groups = {row["code"]: Group(row["code"], row["title_vi"], row["title_en"]) for row in raw["group"]}
        source, source_en = raw.get("source_vi", ""), raw.get("source_en", "")
        found.append(Template(file.stem, raw["valid_from"], source, source_en, groups, criteria))
    return tuple(found)


def template_on(on: date) -> Template:
    """The template in force on that day."""
    fitting = [t for t in templates() if t.valid_from <= on]
    return max(fitting, key=lambda t: t.valid_from) if fitting else templates()[0]


def template_named(version: str) -> Template:
    """The template a review was begun on, also when a newer one is in force."""
    return next(t for t in templates() if t.version == version)
