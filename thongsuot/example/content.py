"""The example's content files, read into the shapes that the story asks for."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CONTENT = HERE / "content"

# What a requirement of the campaign is called in a plan's items → its kind.
KIND_OF = {
    "plan-district": "plan", "plan-base": "plan", "reading": "reading", "meeting": "meeting", "check": "check",
    "self-review": "self_review", "self_review": "self_review", "actions": "actions", "report": "report",
}  # fmt: skip


@lru_cache
def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def exists(name: str) -> bool:
    return (CONTENT / name).exists()


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """``work_vi`` → ``work``: papers are written in Vietnamese, whoever reads the page."""
    return {key.removesuffix("_vi"): value for key, value in values.items() if not key.endswith("_en")}


def plan_of(raw: dict[str, Any]) -> dict[str, Any]:
    """A plan's words by field, and its items with their six clear things."""
    plan = plain({key: value for key, value in raw.items() if not isinstance(value, list)})
    for part in raw.get("part", []):
        plan[part["field"]] = "\n".join(part["paragraphs_vi"])
    items = []
    for item in raw.get("item", []):
        words = plain(item)
        words["requirement"] = KIND_OF.get(words.get("requirement", ""), "")
        items.append(words)
    return {**plan, "items": items}


def meeting() -> dict[str, Any]:
    """The district session: its title, place and agenda."""
    raw = toml("meeting-district.toml")
    words = plain({key: value for key, value in raw.items() if not isinstance(value, list)})
    return {**words, "agenda": [plain(item) for item in raw["agenda"]]}


def news(language: str) -> dict[str, Any]:
    """A news item: ``name: value`` lines between rules, then the body."""
    _empty, head, body = (CONTENT / f"news.{language}.md").read_text(encoding="utf-8").split("---", 2)
    item: dict[str, Any] = {"body": body.strip(), "photos": []}
    for line in head.strip().splitlines():
        name, _colon, value = line.partition(":")
        if name == "photo":
            drawing, _bar, caption = value.partition("|")
            item["photos"].append((drawing.strip(), caption.strip()))
        else:
            item[name] = value.strip()
    return item


def pieces() -> dict[str, Any]:
    """Everything that the story draws on besides the campaign itself."""
    variants = toml("plan-committee.toml")["variant"]
    answers: dict[tuple[str, str], dict[str, Any]] = {}
    for row in toml("self_review_answers.toml")["answer"]:
        answers[row["code"], row["level"]] = row
    return {
        "reflections": toml("reflections.toml")["reflection"],
        "actions": toml("actions.toml")["action"],
        "causes": toml("causes.toml")["unit_report"],
        "answers": answers,
        "any_answer": toml("self_review_answers.toml")["answer"],
        "plan_city": plan_of(toml("plan-147.toml")),
        "plan_district": plan_of(toml("plan-district.toml")),
        "plan_committees": [plan_of(v) for v in variants if v.get("good")],
        "plan_copied": plan_of(next(v for v in variants if not v.get("good"))),
    }
