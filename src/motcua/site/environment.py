"""Typed readers of the environment; a value that cannot be read stops the start and names itself."""

import os
from pathlib import Path


class BadSetting(Exception):
    """An environment variable holds what its setting cannot be."""


def text(name: str, default: str) -> str:
    """Return the variable, or ``default`` where it is unset or empty."""
    return os.environ.get(name) or default


def switch(name: str, default: bool) -> bool:
    """Return the variable as yes or no."""
    value = text(name, "yes" if default else "no").lower()
    if value in {"1", "yes", "true", "on"}:
        return True
    if value in {"0", "no", "false", "off"}:
        return False
    raise BadSetting(f"{name}={value!r}: write yes or no")


def number(name: str, default: int) -> int:
    """Return the variable as a whole number."""
    value = text(name, str(default))
    if not value.lstrip("-").isdigit():
        raise BadSetting(f"{name}={value!r}: write a whole number")
    return int(value)


def secret(name: str, kept_in: Path) -> str:
    """Return the variable; where it is unset, a random value made once and kept in a file only we can read."""
    if value := os.environ.get(name):
        return value
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        candidate = kept_in.with_name(f"{kept_in.name}.{os.getpid()}")
        candidate.write_text(os.urandom(32).hex())
        candidate.chmod(0o600)
        try:
            os.link(candidate, kept_in)  # two first starts at once: the first one's file counts
        except FileExistsError:
            pass
        finally:
            candidate.unlink()
    return kept_in.read_text().strip()
