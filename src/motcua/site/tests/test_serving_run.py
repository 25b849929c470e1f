"""``motcua run`` as a real process, with the children's crashes; and its parts alone."""

import argparse
import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from motcua.base.refusal import Refused
from motcua.site.serving import children, running, telling


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_taken_port_is_named_before_anything_starts():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=f"Cổng {port} .* đang có chương trình khác dùng"):
            running._refuse_taken("127.0.0.1", port)


def test_reset_without_a_terminal_wants_yes(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(Refused, match="--yes"):
        running._reset(tmp_path, sure=False)


def test_reset_leaves_a_given_server_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://h/n")
    with pytest.raises(Refused, match="DATABASE_URL"):
        running._reset(tmp_path, sure=True)


def test_hosts_that_the_operator_set_stand(monkeypatch):
    monkeypatch.setenv("MOTCUA_HOSTS", "motcua.example")
    options = argparse.Namespace(host="0.0.0.0", port=1)
    assert running._environment(options, "http://x")["MOTCUA_HOSTS"] == "motcua.example"


def test_crashing_child_is_started_again_with_growing_waits(tmp_path, monkeypatch):
    monkeypatch.setattr(children, "FIRST_WAIT", 0.0)
    child = children.Child("Thử", ["motcua.no_such_module"], tmp_path / "log", wait=0.01)
    child.start()
    messages, starts, give_up = [], {child.pid}, time.monotonic() + 60
    while len(messages) < 3 and time.monotonic() < give_up:
        if message := child.watch():
            messages.append(message)
        starts |= {child.pid} - {None}
        time.sleep(0.01)
    child.kill()
    assert len(messages) == 3
    assert len(starts) == 3
    assert child.wait == pytest.approx(0.08)
    assert "No module named" in (tmp_path / "log").read_text()


def test_long_log_is_moved_aside(tmp_path, monkeypatch):
    monkeypatch.setattr(children, "LOG_BYTES", 10)
    log = tmp_path / "web.log"
    with children.open_log(log) as file:
        file.write(b"x" * 20)
        file.flush()
        children.trim(log)
        file.write(b"new")
    assert (tmp_path / "web.log.1").read_bytes() == b"x" * 20
    assert log.read_bytes() == b"new"


def test_progress_off_a_terminal_is_one_line_per_step():
    stream = io.StringIO()
    teller = telling.Teller(stream)
    for done in range(3):
        teller.tell("Hồ sơ", done, 3)
    teller.tell("Giao diện")
    teller.fail()
    lines = [line.split("  ")[1] for line in stream.getvalue().splitlines()]
    assert lines == ["✓ Hồ sơ", "✗ Giao diện"]


def test_seconds_are_written_in_vietnamese():
    assert [telling.seconds(value) for value in (0.64, 59.9, 125)] == ["0,6 giây", "59,9 giây", "2 phút 05 giây"]


class House:
    """A ``motcua run --no-demo`` of its own home."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"MOTCUA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "motcua.site.settings"}
        self.words = [sys.executable, "-m", "motcua.site.cli", "run", "--no-demo", "--port", str(port)]
        self.environment = environment
        self.said: list[str] = []
        self.process = self.spawn()

    def spawn(self, *more: str) -> subprocess.Popen:
        return subprocess.Popen([*self.words, *more], env=self.environment, stderr=subprocess.PIPE, text=True)

    def until(self, words: str) -> None:
        for line in self.process.stderr:
            self.said.append(line)
            if words in line:
                return
        raise AssertionError("".join(self.said))

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/suc-khoe/san-sang", timeout=30) as answer:
                return answer.status == 200
        except urllib.error.HTTPError as error:
            error.close()
            return False
        except OSError:
            return False

    def answers_again(self) -> bool:
        give_up = time.monotonic() + 60
        while not self.answers() and time.monotonic() < give_up:
            time.sleep(0.1)
        return self.answers()

    def child(self, words: str) -> psutil.Process:
        return next(
            child for child in psutil.Process(self.process.pid).children() if words in " ".join(child.cmdline())
        )


@pytest.fixture
def house(port):
    home = Path(tempfile.mkdtemp(prefix="motcua-run-"))
    home.chmod(0o755)
    house = House(home, port)
    yield house
    if house.process.poll() is None:
        house.process.send_signal(signal.SIGTERM)
    house.process.communicate(timeout=60)
    shutil.rmtree(home)


@pytest.mark.slow
def test_house_outlives_the_death_of_each_part_and_stops_cleanly(house):
    house.until("sẵn sàng")
    assert house.answers()

    second = house.spawn("--port", "1")
    assert "Motcua đang chạy rồi" in second.communicate(timeout=60)[1]
    assert second.returncode == 2

    os.kill(int((house.home / "postgresql/data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    house.until("PostgreSQL dừng bất thường")
    assert house.answers_again()

    house.child("serving.web").kill()
    house.until("Trang web dừng bất thường")
    assert house.answers_again()

    house.process.send_signal(signal.SIGTERM)
    said = house.process.communicate(timeout=60)[1]
    assert "Đã dừng. Dữ liệu còn nguyên" in said
    assert house.process.returncode == 0
    assert not (house.home / "postgresql/data/postmaster.pid").exists()


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends children with their parent")
def test_children_do_not_outlive_a_killed_parent(house):
    house.until("sẵn sàng")
    left = psutil.Process(house.process.pid).children(recursive=True)
    left = [child for child in left if child.name() != "postgres"]
    house.process.kill()
    house.process.communicate(timeout=60)
    _gone, alive = psutil.wait_procs(left, timeout=30)
    assert alive == []
    house.process = house.spawn()
    house.until("sẵn sàng")
    assert house.answers()
