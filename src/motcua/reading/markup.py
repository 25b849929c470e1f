"""Leftovers of HTML and Markdown inside scraped text, taken out; list items become lines that start with a dash."""

import html
import re

# Only known tags: "<http://…>" and "a < b" are text.
_TAG = re.compile(
    r"</?(?:p|ul|ol|li|br|b|i|u|em|strong|span|div|font|sup|sub|table|tbody|thead|tr|td|th|a|h[1-6])\b[^<>]*>", re.I
)
_ITEM = re.compile(r"<li\b[^<>]*>", re.I)
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.I)
_STARS = re.compile(r"\*{1,4}([^*]+?)\*{1,4}|__([^_]+?)__")
_LONE = re.compile(r"^\s*\*(?=[^\s*])|(?<=\S)\s*\*\s*$")


def plain(text: str) -> str:
    """Return ``text`` without tags, entities and emphasis marks; white space is left for the caller to squash."""
    if "<" in text:
        text = _TAG.sub(" ", _BREAK.sub(" ", _ITEM.sub(" - ", text)))
    if "&" in text:
        text = html.unescape(text)
    if "*" in text or "__" in text:
        text = _STARS.sub(lambda found: found.group(1) or found.group(2), text)
        text = _LONE.sub("", re.sub(r"\*{2,}", "", text))
    return text.replace("\u00ad", "").replace("\u200b", "")
