"""Where the source lies, for commands that need more than the installed package."""

from pathlib import Path

from motcua.base.refusal import Refused


def checkout(command: str) -> Path:
    """Return the folder of the source; refuse ``command`` where only the package is installed."""
    folder = Path(__file__).resolve().parents[3]
    if not (folder / "pyproject.toml").is_file():
        raise Refused(f"{command}: lệnh này cần mã nguồn của Motcua, không chạy được từ gói đã cài.")
    return folder
