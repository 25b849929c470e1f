"""First start, start and stop of the embedded PostgreSQL.

Every process that uses it holds a shared lock on a file until it ends, however it ends; the last one to leave in
good order stops the server. Starters wait for each other on the same file.
"""

import atexit
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time

import psutil

from motcua.base.postgres import binaries, locks
from motcua.base.postgres.address import is_embedded
from motcua.base.postgres.place import DATABASE, SOCKET_NAME, SUPERUSER, Place, home, nearest_existing, place
from motcua.base.postgres.troubles import explain, tail
from motcua.base.refusal import Refused

START_SECONDS = 120  # recovery after a crash replays up to 1 GB of log
STOP_SECONDS = 30
POLL_SECONDS = 0.01
NEEDED_BYTES = 300 * 1024 * 1024  # a new cluster takes 60 MB, its log grows to 80 MB before the first checkpoint
LOG_BYTES = 10 * 1024 * 1024  # the log starts anew beyond this

USERS, STARTING = "postgresql.lock", "postgresql.starting"  # lock files in home()

SETTINGS = {  # for two cores and a web process with a handful of connections
    "listen_addresses": "",  # unix socket only
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "wal_compression": "pglz",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_wal_senders": "0",
    "idle_in_transaction_session_timeout": "15min",  # a fact that commits an hour late would miss its seal
    "wal_level": "minimal",
    "logging_collector": "off",
    # Statements, parameters and the DETAIL of an error may hold personal data: keep them out of the log.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
# A cluster for tests alone may be lost: MOTCUA_POSTGRES_EPHEMERAL=1.
EPHEMERAL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

_started: subprocess.Popen | None = None  # the server that this process started, so that its end is noticed


def start() -> None:
    """Start the server unless it runs or DATABASE_URL names another; return when it takes connections.

    Creates the cluster and its database at the first start. The server stops when the last process that called
    this ends, unless that one is killed; then the next start finds it running. Raises Refused.
    """
    if not is_embedded():
        return
    here = place()
    try:
        home().mkdir(parents=True, exist_ok=True)
        if locks.enter(home() / USERS):
            atexit.register(leave)
        with locks.alone(home() / STARTING):
            _make_folders(here)  # inside the lock: another first starter may have made one and not yet given it away
            _settle(here)
            if not _is_ready(here):
                if not (here.data / "PG_VERSION").exists():
                    _create(here)
                _launch(here)
    except PermissionError as error:
        raise Refused(
            f"PostgreSQL: không có quyền với {error.filename}; hãy chạy bằng tài khoản đã tạo ra nó."
        ) from error
    except OSError as error:
        raise explain("PostgreSQL không khởi động được", os.strerror(error.errno or 0), here.folder) from error


def is_running() -> bool:
    """Tell whether the embedded server takes connections."""
    return _is_ready(place())


def stop() -> None:
    """Stop the server, even if others use it: open transactions are rolled back, what was committed is kept."""
    here = place()
    if (server := _server(here)) is None:
        return
    server.send_signal(signal.SIGINT)  # "fast" shutdown
    if not _ended(server, STOP_SECONDS):
        server.send_signal(signal.SIGQUIT)  # "immediate": recovers at the next start
        _ended(server, STOP_SECONDS)


def leave() -> None:
    """Give up our use of the server, and stop it if nobody else uses it. Happens by itself when the process ends."""
    if locks.holds(home() / USERS) and locks.leave(home() / USERS):
        stop()
        locks.forget(home() / USERS)


def destroy() -> None:
    """Delete the embedded cluster with all its data. Refuses while anybody uses it."""
    here = place()
    if not here.folder.exists():
        return
    locks.enter(home() / USERS)
    if not locks.leave(home() / USERS):
        raise Refused("PostgreSQL đang có chương trình khác dùng; hãy dừng chúng trước khi xóa dữ liệu.")
    stop()
    # Moved first: a deletion that is broken off leaves no half database behind.
    doomed = here.folder / "data.doomed"
    shutil.rmtree(doomed, ignore_errors=True)
    if here.data.exists():
        here.data.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)
    locks.forget(home() / USERS)


def _settle(here: Place) -> None:
    """Wait while a server that somebody else started, and was killed meanwhile, starts or stops."""
    give_up = time.monotonic() + START_SECONDS
    while _server(here) is not None and not _is_ready(here):
        if time.monotonic() > give_up:
            raise Refused(f"PostgreSQL đang chạy nhưng chưa sẵn sàng sau {START_SECONDS} giây; xem {here.log}.")
        time.sleep(POLL_SECONDS)


def _make_folders(here: Place) -> None:
    """Make the folders that are missing; the account's own are closed to others."""
    for folder in (here.folder, here.sockets):
        if not folder.exists():
            folder.mkdir(parents=True, mode=0o700)
            os.chown(folder, here.account.uid, here.account.gid)
        status = folder.stat()
        # In a shared temporary folder somebody else could have made it first, to sit between us and the server.
        if status.st_uid != here.account.uid or status.st_mode & 0o077:
            raise Refused(
                f"PostgreSQL: thư mục {folder} phải thuộc riêng tài khoản {here.account.name} "
                "(chmod 700); hãy chạy bằng tài khoản đã tạo ra nó."
            )


def _as_account(here: Place) -> dict:
    """Return how to start a program of the server: as its account, away from our terminal and folder."""
    how: dict = {
        "cwd": here.folder,
        "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
        "stdin": subprocess.DEVNULL,
        "start_new_session": True,
    }
    if not here.account.is_us:
        how |= {"user": here.account.uid, "group": here.account.gid, "extra_groups": []}
    return how


def _create(here: Place) -> None:
    """Create the cluster and its database aside, then move it in place: a broken-off creation leaves nothing."""
    if here.moved_from:
        sys.stderr.write(
            f"PostgreSQL chạy bằng tài khoản {here.account.name}, vốn không vào được {here.moved_from.parent}; "
            f"dữ liệu đặt ở {here.folder}.\n"
        )
    if shutil.disk_usage(nearest_existing(here.folder)).free < NEEDED_BYTES:
        raise Refused(f"PostgreSQL cần ít nhất 300 MB trống ở {here.folder}: hãy giải phóng chỗ trống rồi chạy lại.")
    for left_over in here.folder.glob("data.making-*"):
        shutil.rmtree(left_over, ignore_errors=True)
    # A name of its own: the initdb of a killed starter may still be at work, and clears its folder as it fails.
    making = here.folder / f"data.making-{secrets.token_hex(4)}"
    programs = binaries.reachable(here)
    _run(here, [
        str(programs / "initdb"), "--pgdata", str(making), "--username", SUPERUSER, "--encoding", "UTF8",
        "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8",
        "--auth-local", "trust", "--auth-host", "reject", "--no-instructions",
    ])  # fmt: skip
    _run(
        here,
        [str(programs / "postgres"), "--single", "-D", str(making), "postgres"],
        f"CREATE DATABASE {DATABASE};\n",
    )
    shutil.rmtree(here.data, ignore_errors=True)
    making.rename(here.data)


def _run(here: Place, words: list[str], typed: str = "") -> None:
    how = _as_account(here)
    del how["stdin"]
    done = subprocess.run(words, input=typed, capture_output=True, text=True, check=False, **how)
    if done.returncode or "ERROR:" in done.stderr or "FATAL:" in done.stderr:
        raise explain("Không tạo được cơ sở dữ liệu", done.stderr, here.folder)


def _launch(here: Place) -> None:
    """Start the server and wait until it is ready."""
    global _started
    made_by = int((here.data / "PG_VERSION").read_text())
    if made_by != binaries.major():
        raise explain("PostgreSQL không khởi động được", "incompatible with server", here.data)
    _clear_stale_pid(here)
    settings = SETTINGS | (EPHEMERAL if os.environ.get("MOTCUA_POSTGRES_EPHEMERAL") else {})
    words = [str(binaries.reachable(here) / "postgres"), "-D", str(here.data), "-k", str(here.sockets)]
    words += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    if here.log.exists() and here.log.stat().st_size > LOG_BYTES:
        here.log.replace(here.log.with_suffix(".log.1"))
    since = here.log.stat().st_size if here.log.exists() else 0
    with here.log.open("ab") as log:
        _started = subprocess.Popen(words, stdout=log, stderr=log, **_as_account(here))
    give_up = time.monotonic() + START_SECONDS
    while not _is_ready(here):
        if _started.poll() is not None:
            raise explain("PostgreSQL không khởi động được", tail(here.log, since), here.log)
        if time.monotonic() > give_up:
            raise Refused(f"PostgreSQL chưa sẵn sàng sau {START_SECONDS} giây; xem {here.log}.")
        time.sleep(POLL_SECONDS)


def _clear_stale_pid(here: Place) -> None:
    """Remove the lock files of a server that was killed, once its last backend is gone.

    PostgreSQL does so itself, except where the pid has gone to another process of the same account (a container
    that starts anew gives the same pids again) or is dead and not yet reaped by whoever started it.
    """
    give_up = time.monotonic() + STOP_SECONDS
    while left := _backends(here):
        if time.monotonic() > give_up:
            pids = ", ".join(str(process.pid) for process in left)
            raise Refused(f"PostgreSQL cũ chưa kết thúc hẳn (tiến trình {pids}); hãy dừng chúng rồi chạy lại.")
        time.sleep(POLL_SECONDS)
    for left_over in (
        here.data / "postmaster.pid",
        here.sockets / f"{SOCKET_NAME}.lock",
        here.sockets / SOCKET_NAME,
    ):
        left_over.unlink(missing_ok=True)


def _backends(here: Place) -> list[psutil.Process]:
    """Return living PostgreSQL processes whose folder is this cluster's data."""
    return [
        process
        for process in psutil.process_iter(["name", "cwd"])
        if process.info["name"] == "postgres" and process.info["cwd"] == str(here.data) and _lives(process)
    ]


def _pid_file(here: Place) -> list[str]:
    try:
        return (here.data / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []


def _server(here: Place) -> psutil.Process | None:
    """Return the living postmaster of this cluster."""
    lines = _pid_file(here)
    if not lines or not lines[0].isdigit():
        return None
    try:
        process = psutil.Process(int(lines[0]))
        ours = process.name() == "postgres" and str(here.data) in process.cmdline() and _lives(process)
    except psutil.Error:
        return None
    return process if ours else None


def _is_ready(here: Place) -> bool:
    lines = _pid_file(here)
    return len(lines) > 7 and lines[7].strip() == "ready" and _server(here) is not None


def _lives(process: psutil.Process) -> bool:
    """Tell a living process from one that is dead and not yet reaped (nobody reaps where we are process 1)."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _ended(server: psutil.Process, seconds: float) -> bool:
    give_up = time.monotonic() + seconds
    while _lives(server):
        if _started is not None and _started.pid == server.pid:
            _started.poll()
        if time.monotonic() > give_up:
            return False
        time.sleep(POLL_SECONDS)
    return True
