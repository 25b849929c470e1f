"""The embedded PostgreSQL as real processes: first start, sharing, kill -9, foreign pids, two starters."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.slow

PRELUDE = """
import os, psycopg, signal, sys, time
from motcua.base import postgres
from motcua.base.postgres import cluster
def ask(sql):
    where = postgres.database_settings()
    with psycopg.connect(host=where["HOST"], user=where["USER"], dbname=where["NAME"], autocommit=True) as connection:
        found = connection.execute(sql)
        return found.fetchone() if found.description else None
def pid():
    return int(cluster._pid_file(cluster.place())[0])
"""


@pytest.fixture
def home():
    """A home that any account can reach; a server left in it is stopped."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-test-"))
    folder.chmod(0o755)
    yield folder
    _program(folder, "postgres.stop()").communicate(timeout=60)
    shutil.rmtree(folder)


def _program(home: Path, code: str) -> subprocess.Popen:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"MOTCUA_HOME": str(home), "MOTCUA_POSTGRES_EPHEMERAL": ""}
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + textwrap.dedent(code)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _run(home: Path, code: str) -> str:
    program = _program(home, code)
    said, errors = program.communicate(timeout=120)
    assert program.returncode == 0, errors
    return said.strip()


def _postgres_of(home: Path) -> list[int]:
    return [
        process.pid
        for process in psutil.process_iter(["name", "cmdline"])
        if process.info["name"] == "postgres" and str(home) in " ".join(process.info["cmdline"] or ())
    ]


def test_first_start_makes_a_utf8_database_that_later_starts_keep(home):
    first = _run(home, "postgres.start(); ask('CREATE TABLE kept (n int)'); print(ask(\"SELECT lower('ĐẶNG')\")[0])")
    assert first == "đặng"
    assert _postgres_of(home) == []  # the last user stopped it
    later = _run(home, "postgres.start(); print(ask('SELECT count(*) FROM kept')[0], ask('SHOW fsync')[0])")
    assert later == "0 on"


def test_committed_rows_outlive_kill_9_and_the_server_starts_again(home):
    said = _run(
        home,
        """
        postgres.start()
        ask("CREATE TABLE kept (n int)")
        ask("INSERT INTO kept SELECT generate_series(1, 1000)")
        before = pid()
        os.kill(before, signal.SIGKILL)
        while postgres.is_running():
            time.sleep(0.01)
        postgres.start()  # beside the dead server's child processes and its pid, not yet reaped
        print(ask("SELECT count(*) FROM kept")[0], pid() != before)
        """,
    )
    assert said == "1000 True"


def test_pid_file_that_names_a_foreign_process_is_overcome(home):
    _run(home, "postgres.start()")
    owner = (home / "postgresql" / "data").stat()
    pid_file = home / "postgresql" / "data" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{home}/postgresql/data\n1\n5432\n{home}\n\n  1 1\nready   \n")
    os.chown(pid_file, owner.st_uid, owner.st_gid)
    assert _run(home, "postgres.start(); print(ask('SELECT 1')[0])") == "1"


def test_two_first_starters_at_once_share_one_server(home):
    code = "postgres.start(); print(ask('SELECT 1')[0], pid(), flush=True); time.sleep(5)"
    both = [_program(home, code) for _ in range(2)]
    answers = [program.communicate(timeout=120) for program in both]
    assert [(program.returncode, errors) for program, (_said, errors) in zip(both, answers, strict=True)] == [
        (0, "")
    ] * 2
    assert answers[0][0] == answers[1][0]
    assert _postgres_of(home) == []


def test_server_stays_while_another_process_uses_it(home):
    other = _program(home, "postgres.start(); print('up', flush=True); time.sleep(60)")
    assert other.stdout.readline() == "up\n"
    _run(home, "postgres.start()")
    assert len(_postgres_of(home)) > 0
    assert "đang có chương trình khác dùng" in _program(home, "postgres.destroy()").communicate(timeout=60)[1]
    other.send_signal(signal.SIGINT)
    other.communicate(timeout=60)
    assert _postgres_of(home) == []


@pytest.mark.parametrize("later", [0, 0.2, 0.6])  # seconds; initdb outlives its starter
def test_broken_off_first_start_leaves_nothing_in_the_way(home, later):
    starter = _program(home, "postgres.start(); time.sleep(60)")
    give_up = time.monotonic() + 60
    while not list((home / "postgresql").glob("data.making-*")) and time.monotonic() < give_up:
        time.sleep(0.005)
    time.sleep(later)
    starter.kill()
    starter.communicate()
    assert _run(home, "postgres.start(); print(ask('SELECT 1')[0])") == "1"


def test_data_of_another_version_are_refused_in_words(home):
    _run(home, "postgres.start()")
    (home / "postgresql" / "data" / "PG_VERSION").write_text("12\n")
    said = _program(home, "postgres.start()").communicate(timeout=60)[1]
    assert "Dữ liệu thuộc phiên bản PostgreSQL khác" in said


def test_destroy_removes_the_data(home):
    _run(home, "postgres.start()")
    _run(home, "postgres.destroy()")
    assert not (home / "postgresql" / "data").exists()
