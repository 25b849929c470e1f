"""``motcua translations compile``: the binary catalogues that Django reads, from the ones that people write."""

import argparse
from pathlib import Path

import motcua
from motcua.base.command import FINE, say


def compile_catalogues(_options: argparse.Namespace) -> int:
    """Write a ``.mo`` beside every ``.po`` of the house; the same input gives the same bytes."""
    from babel.messages.mofile import write_mo  # a developer's library, which a running system does not have
    from babel.messages.pofile import read_po

    for source in sorted(Path(motcua.__file__).parent.glob("*/locale/*/LC_MESSAGES/django.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parents[1].name)
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        say(f"{source.parents[3].name}: {len(catalogue)}")
    return FINE
