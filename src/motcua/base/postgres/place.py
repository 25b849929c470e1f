"""Where the embedded PostgreSQL lies, and as whom it runs.

PostgreSQL refuses to run as root, so root hands it to an unprivileged account; that account must be able to
reach the data and the binaries, which is not so below a folder closed to others (``/root``).
"""

import grp
import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from motcua.base.refusal import Refused

DATABASE = "motcua"
SUPERUSER = "motcua"
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 103  # bytes of a unix socket's path on macOS; Linux allows 107
UNPRIVILEGED = ("motcua", "postgres", "nobody")  # accounts that root may hand the server to, best first
ELSEWHERE = Path("/var/lib")


@dataclass(frozen=True)
class Account:
    """The account that PostgreSQL runs as."""

    name: str
    uid: int
    gid: int

    @property
    def is_us(self) -> bool:
        return self.uid == os.geteuid()


@dataclass(frozen=True)
class Place:
    """Where one cluster lies."""

    folder: Path  # holds all of it
    sockets: Path  # folder of the unix socket; only the account and root may enter
    account: Account
    moved_from: Path | None = None  # where it would lie if the account could get there

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "postgresql.log"


def home() -> Path:
    """Return the folder of all that we keep: MOTCUA_HOME, else beside the checkout, else ``~/.motcua``."""
    if given := os.environ.get("MOTCUA_HOME"):
        return Path(given).expanduser().resolve()
    checkout = Path(__file__).resolve().parents[4]
    if (checkout / "pyproject.toml").is_file() and (checkout / "requirements").is_dir():
        return checkout / ".motcua"
    return Path.home() / ".motcua"


def place() -> Place:
    """Return where the cluster of this ``home()`` lies. The answer is the same on every call and creates nothing."""
    return _place(home(), os.geteuid())


@cache
def _place(home_folder: Path, effective_uid: int) -> Place:
    wanted = home_folder / "postgresql"
    account = _account(wanted, effective_uid)
    folder, moved_from = wanted, None
    elsewhere = ELSEWHERE / f"motcua-{_digest(home_folder)}"
    settled_elsewhere = (elsewhere / "data").exists() and not (wanted / "data").exists()
    if not account.is_us and (settled_elsewhere or not may_enter(account, nearest_existing(wanted))):
        folder, moved_from = elsewhere, wanted
    if moved_from and (wanted / "data").exists():
        raise Refused(
            f"Dữ liệu PostgreSQL nằm ở {wanted}, nhưng tài khoản {account.name} không vào được thư mục này. "
            f"Hãy mở quyền đi qua (chmod o+x) các thư mục cha, hoặc đặt MOTCUA_HOME ở nơi khác."
        )
    return Place(folder, _sockets(folder, home_folder, account), account, moved_from)


def _account(wanted: Path, effective_uid: int) -> Account:
    """Return ourselves, or, for root, who owns the data already, who owns the folder around it, or a known account."""
    if effective_uid != 0:
        return Account(_name_of(effective_uid), effective_uid, os.getegid())
    for folder in (wanted, nearest_existing(wanted)):
        if folder.exists() and (owner := folder.stat().st_uid) != 0 and (known := _known(owner)):
            return Account(known.pw_name, known.pw_uid, known.pw_gid)
    for name in UNPRIVILEGED:
        try:
            known = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(known.pw_name, known.pw_uid, known.pw_gid)
    raise Refused(
        "PostgreSQL không chạy dưới quyền root và máy không có tài khoản thường nào để giao "
        f"({', '.join(UNPRIVILEGED)}). Hãy tạo một tài khoản: useradd --system motcua."
    )


def _known(uid: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def _name_of(uid: int) -> str:
    known = _known(uid)
    return known.pw_name if known else str(uid)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def _sockets(folder: Path, home_folder: Path, account: Account) -> Path:
    """Return a folder whose socket path fits; a deep home gets a short folder in the temporary folder instead."""
    near = folder / "socket"
    if len(os.fsencode(near / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
        return near
    # Not TMPDIR: every process of this home must name the same folder, whatever its environment.
    return Path(os.sep) / "tmp" / f"motcua-{account.uid}-{_digest(home_folder)}"


def nearest_existing(path: Path) -> Path:
    """Return ``path`` or its nearest parent that exists."""
    while not path.exists():
        path = path.parent
    return path


def may_enter(account: Account, folder: Path) -> bool:
    """Tell whether ``account`` can walk from ``/`` into ``folder``, by owner, group and mode."""
    return all(_may_pass(account, step) for step in (folder, *folder.parents))


def _may_pass(account: Account, folder: Path) -> bool:
    status = folder.stat()
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid in _groups(account):
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def _groups(account: Account) -> set[int]:
    return {account.gid} | {group.gr_gid for group in grp.getgrall() if account.name in group.gr_mem}
