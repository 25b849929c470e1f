"""WCAG 2.2 AA of every pair of tokens, in light and in dark, computed from the sheet itself."""

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).parents[1] / "static" / "ui" / "tokens.css").read_text("utf-8")
SHEETS = ("layout.css", "components.css", "patterns.css")
TONES = ("neutral", "info", "progress", "waiting", "good", "warning", "danger")
TEXT, MARK = 4.5, 3.0  # SC 1.4.3 and 1.4.11

PAIRS = [
    *((ink, ground, TEXT)
      for ink in ("ink", "ink-soft", "link", "link-hover", "visited", "brand", "error", "success")
      for ground in ("paper", "ground", "raised", "hover")),
    *((f"{tone}-ink", f"{tone}-soft", TEXT) for tone in TONES),
    *((f"{tone}-ink", "raised", TEXT) for tone in TONES),
    *(("on-fill", fill, TEXT) for fill in ("fill", "fill-hover", "danger-fill", "danger-fill-hover")),
    ("on-focus", "focus", TEXT),
    ("brand", "brand-soft", TEXT),
    ("ink", "brand-soft", TEXT),
    ("ink-soft", "brand-soft", TEXT),
    ("link", "brand-soft", TEXT),
    ("ink", "waiting-soft", TEXT),
    ("ink-soft", "waiting-soft", TEXT),
    ("ink-soft", "neutral-soft", TEXT),
    *(("line-strong", ground, MARK) for ground in ("paper", "ground", "raised")),
    *((bar, ground, MARK)
      for bar in ("bar", "success", "danger-mark") for ground in ("raised", "neutral-soft")),
    ("accent", "raised", MARK),
]  # fmt: skip


def _tokens(part: str) -> dict[str, str]:
    return dict(re.findall(r"--mc-([a-z-]+):(#[0-9a-f]{6})\b", part))


LIGHT = _tokens(SHEET.split("@media (prefers-color-scheme:dark)")[0])
DARK = LIGHT | _tokens(SHEET.split("@media (prefers-color-scheme:dark)")[1].split("@media print")[0])


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2 definition)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_formula_agrees_with_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_of_every_pair_is_enough(scheme):
    poor = {
        f"{front} on {back}": round(contrast(scheme[front], scheme[back]), 2)
        for front, back, least in PAIRS
        if contrast(scheme[front], scheme[back]) < least
    }
    assert poor == {}


def test_contrast_test_knows_every_tone_in_both_schemes():
    wanted = {f"{tone}-{part}" for tone in TONES for part in ("ink", "soft")}
    dark_block = _tokens(SHEET.split("@media (prefers-color-scheme:dark)")[1].split("@media print")[0])
    assert wanted <= LIGHT.keys()
    assert wanted <= dark_block.keys()


def test_colours_stand_in_the_tokens_alone():
    folder = Path(__file__).parents[1] / "static" / "ui"
    colour = re.compile(r"#[0-9a-f]{3,8}\b(?![^{}]*\{)")
    loose = {name: colour.findall((folder / name).read_text("utf-8")) for name in SHEETS}
    # The sheet of paper is white with black ink in every scheme.
    loose["patterns.css"] = [found for found in loose["patterns.css"] if found not in ("#fff", "#000")]
    assert {name: found for name, found in loose.items() if found} == {}
