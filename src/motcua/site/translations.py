"""``motcua translations compile``: the binary catalogues that Django reads, from the ones that people write."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

import motcua
from motcua.base.command import FINE, say

_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # a catalogue without one would get the moment of its compiling


def compile_catalogues(_options: argparse.Namespace) -> int:
    """Write a ``.mo`` beside every ``.po`` of the house; the same input gives the same bytes."""
    from babel.messages.mofile import write_mo  # a developer's library, which a running system does not have
    from babel.messages.pofile import read_po

    for source in sorted(Path(motcua.__file__).parent.glob("*/locale/*/LC_MESSAGES/django.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parents[1].name)
        catalogue.creation_date = _NO_DATE
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        say(f"{source.parents[3].name}: {len(catalogue)}")
    return FINE
