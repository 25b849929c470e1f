"""What is wrong with a page that stands open: for whom it is unreadable, too wide, too heavy, in another language."""

import gzip
from pathlib import Path
from typing import Any

import motcua.ui

AXE = (Path(motcua.ui.__file__).parent / "tests" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Bytes, compressed; the review of a plan, with its script, a page of source and the rows, is the heaviest.
FIRST_VISIT, NEXT_PAGE = 118_000, 30_000

# Two pages with the same elements in the same classes and states are one page to axe: it judges each such shape once.
SHAPE = """() => [...new Set([...document.querySelectorAll("body *")].map(one => one.tagName + "." + one.className
    + (one.hasAttribute("aria-invalid") ? "!" : "") + (one.open ? "+" : "")
    + (one.parentElement ? "<" + one.parentElement.tagName : "")))].sort().join(" ")"""


def accessibility_faults(page: Any, known_shapes: set[str]) -> list[str]:
    """Return what axe finds; [] for a page whose like was judged before."""
    width = page.viewport_size["width"]
    shape = f"{width} {page.evaluate(SHAPE)}"
    if shape in known_shapes:
        return []
    known_shapes.add(shape)
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], elementRef: false})", RULES
    )
    return [
        f"axe {fault['impact']} {fault['id']} at {width}: {[node['target'] for node in fault['nodes']][:3]}"
        for fault in found["violations"]
    ]


def layout_faults(page: Any) -> list[str]:
    """Return what is wrong with the frame: sideways scroll, number of h1, language."""
    width = page.viewport_size["width"]
    seen = page.evaluate(
        "() => ({wide: document.documentElement.scrollWidth, headings: document.querySelectorAll('h1').length,"
        " language: document.documentElement.lang, title: document.title})"
    )
    faults = []
    if seen["wide"] > width:
        faults.append(f"scrolls sideways: {seen['wide']} at {width}")
    if seen["headings"] != 1:
        faults.append(f"{seen['headings']} h1")
    if seen["language"] != "vi":
        faults.append(f"lang is {seen['language']}")
    if not seen["title"].split(" – ")[0].strip():
        faults.append("no title")
    return faults


def weight(response: Any) -> int:
    """Return the bytes that a response costs, compressed; fonts and pictures are so already."""
    content = response.body()
    kind = response.headers.get("content-type", "")
    return len(content) if kind.startswith(("font/", "image/png")) else len(gzip.compress(content, 9))
