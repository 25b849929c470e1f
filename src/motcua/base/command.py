"""What a module offers to the command line: a ``commands.py`` with ``COMMANDS``, a list of Command.

Results go to standard output (JSON where ``--json`` is given), messages to standard error, so that output
can be piped.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from motcua.base import postgres

FINE, FINDINGS, BAD_INPUT = 0, 1, 2  # exit codes


def no_arguments(_parser: argparse.ArgumentParser) -> None:
    """Add nothing."""


@dataclass(frozen=True)
class Command:
    """One command, named by its words: "plan read" answers ``motcua plan read``.

    ``run`` returns the exit code; bad input is best refused with ``Refused``, which the dispatcher prints
    (exit 2).
    """

    name: str
    help: str  # Vietnamese, one line
    run: Callable[[argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] = no_arguments
    needs_database: bool = False  # the dispatcher then calls require_database() first


def print_json(value: Any) -> None:
    """Write ``value`` as JSON in UTF-8 to standard output; dates, decimals and the like as their text."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    rest = memoryview(text.encode("utf-8", "surrogateescape") + b"\n")
    # An unbuffered standard output (PYTHONUNBUFFERED) may take less than all at once, and says so only here.
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.flush()


def say(text: str) -> None:
    """Write one message to standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def require_database() -> None:
    """Start the embedded PostgreSQL if no DATABASE_URL is given and it does not run yet. Migrates nothing."""
    postgres.start()
