"""Every pair of text and ground in the tokens can be read, by day and by night."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[1] / "static/web/tokens.css").read_text()
PAIRS = {name: values for name, *values in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);", TOKENS)}
READ_ON = {
    "ink": ["paper", "surface", "sunken", "accent-soft", "good-soft", "warn-soft", "bad-soft", "calm-soft"],
    "ink-soft": ["paper", "surface", "sunken"],
    "link": ["paper", "surface", "sunken", "good-soft", "warn-soft", "bad-soft"],
    "accent": ["paper", "surface", "accent-soft"],
    "accent-ink": ["accent", "accent-strong"],
    "band-ink": ["band", "band-hover"],
    "good": ["surface", "good-soft"],
    "warn": ["surface", "warn-soft"],
    "bad": ["paper", "surface", "bad-soft"],
    "calm": ["surface", "calm-soft"],
}


def _light(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    dark, bright = sorted([_light(one), _light(other)])
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [(text, ground) for text in READ_ON for ground in READ_ON[text]])
def test_text_stands_out_from_its_ground(text, ground, look):
    assert contrast(PAIRS[text][look], PAIRS[ground][look]) >= 4.5


@pytest.mark.parametrize("look", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("line", ["line-strong", "focus"])
def test_edges_of_controls_can_be_seen(line, look):
    assert contrast(PAIRS[line][look], PAIRS["surface"][look]) >= 3
