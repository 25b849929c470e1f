"""``motcua run``: start everything, tell what is where, look after it, stop cleanly."""

import argparse
import http.client
import ipaddress
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from motcua.base import postgres
from motcua.base.command import FINDINGS, FINE, say
from motcua.base.postgres import locks
from motcua.base.refusal import Refused
from motcua.site.serving.children import LOG_BYTES, Child, open_log, spawn, stop_all
from motcua.site.serving.telling import Teller, seconds

PORT, HOST, DOSSIERS = 8000, "127.0.0.1", 20_000
HEALTH = "/suc-khoe/song"
ANSWER_SECONDS = 60
WATCH_SECONDS = 0.5
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
EVERYWHERE = {str(ipaddress.IPv4Address(0)), str(ipaddress.IPv6Address(0))}


class Stop(KeyboardInterrupt):
    """SIGINT, SIGTERM or SIGHUP arrived."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=PORT, help=f"cổng của trang web (mặc định {PORT})")
    parser.add_argument("--host", default=HOST, help=f"địa chỉ lắng nghe (mặc định {HOST}: chỉ máy này)")
    parser.add_argument("--dossiers", type=int, default=DOSSIERS, help=f"số hồ sơ trình diễn (mặc định {DOSSIERS})")
    parser.add_argument("--no-demo", action="store_true", help="không nạp tỉnh trình diễn")
    parser.add_argument("--reset", action="store_true", help="xóa dữ liệu nhúng rồi bắt đầu lại (có hỏi)")
    parser.add_argument("--yes", action="store_true", help="không hỏi lại khi xóa")


def run(options: argparse.Namespace) -> int:
    """Run the house until told to stop; return the exit code."""
    if not 1 <= options.port <= 65535:
        raise Refused(f"--port {options.port}: cổng phải từ 1 đến 65535.")
    if options.dossiers < 0:
        raise Refused(f"--dossiers {options.dossiers}: số hồ sơ không được âm.")
    home = postgres.home()
    home.mkdir(parents=True, exist_ok=True)
    address = f"http://{'localhost' if options.host in LOOPBACK | EVERYWHERE else options.host}:{options.port}"
    with _only_one(home, address):
        _refuse_taken(options.host, options.port)
        if options.reset:
            _reset(home, options.yes)
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, _stop)
        return _House(options, home, address).run()


def _stop(_number: int, _frame: object) -> NoReturn:
    raise Stop


class _House:
    """The running processes of one ``motcua run``."""

    def __init__(self, options: argparse.Namespace, home: Path, address: str) -> None:
        self.options, self.home, self.address = options, home, address
        self.teller = Teller()
        self.environment = _environment(options, address)
        logs = home / "logs"
        self.children = [
            Child("Trang web", ["motcua.site.serving.web", options.host, str(options.port)],
                  logs / "web.log", self.environment),
            Child("Việc nền", ["motcua.site.serving.jobs"], logs / "worker.log", self.environment),
        ]  # fmt: skip
        self.preparing: subprocess.Popen | None = None

    def run(self) -> int:
        began = time.monotonic()
        try:
            sign_ins = self._start()
            self._introduce(sign_ins, time.monotonic() - began)
            while True:
                time.sleep(WATCH_SECONDS)
                self._watch()
        except Stop:
            return FINE
        except Refused as refusal:
            self.teller.fail()
            say(refusal.message)
            return FINDINGS
        finally:
            self._stop()

    def _start(self) -> list[list[str]]:
        self.teller.say(f"Motcua · dữ liệu ở {self.home}")
        if postgres.is_embedded():
            self.teller.tell("Khởi động PostgreSQL")
            postgres.start()
        sign_ins = self._prepare()
        self.teller.tell("Khởi động trang web và việc nền")
        for child in self.children:
            child.start()
        self._await_answer()
        self.teller.close()
        return sign_ins

    def _prepare(self) -> list[list[str]]:
        """Run ``prepare`` and tell its progress; return the sign-ins."""
        words = ["motcua.site.serving.prepare", "--dossiers", str(self.options.dossiers)]
        words += ["--no-demo"] if self.options.no_demo else []
        log = self.home / "logs" / "prepare.log"
        sign_ins: list[list[str]] = []
        with open_log(log) as errors:
            os.truncate(log, 0)
            self.preparing = spawn(words, self.environment, stdout=subprocess.PIPE, stderr=errors, text=True)
        with self.preparing as child:
            for text in child.stdout or ():
                line = _read(text)
                if "step" in line:
                    self.teller.tell(line["step"], line["done"], line["total"])
                elif "sign_ins" in line:
                    sign_ins = line["sign_ins"]
                elif "refused" in line:
                    raise Refused(line["refused"])
        if code := child.returncode:
            last = "\n".join(f"    {line}" for line in log.read_text(errors="replace").splitlines()[-12:])
            raise Refused(f"Chuẩn bị dữ liệu bị lỗi (mã {code}). Xem {log}. Những dòng cuối:\n{last}")
        self.preparing = None
        return sign_ins

    def _await_answer(self) -> None:
        """Wait until the web answers that it lives; a server error means that the site cannot be loaded."""
        give_up = time.monotonic() + ANSWER_SECONDS
        web = self.children[0]
        target = "127.0.0.1" if self.options.host in EVERYWHERE else self.options.host
        while time.monotonic() < give_up and not web.has_ended():
            try:
                caller = http.client.HTTPConnection(target, self.options.port, timeout=5)
                caller.request("GET", HEALTH)
                if caller.getresponse().status < 500:
                    return
                break
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
        last = web.log.read_text(errors="replace")[-LOG_BYTES:].splitlines()[-12:]
        raise Refused("Trang web không chạy được. Xem " + "\n    ".join([f"{web.log}. Những dòng cuối:", *last]))

    def _introduce(self, sign_ins: list[list[str]], took: float) -> None:
        tell = self.teller.say
        tell()
        tell(f"  Motcua đã sẵn sàng sau {seconds(took)}:  {self.address}")
        if sign_ins:
            who, account, _password = (max(len(entry[i]) for entry in sign_ins) for i in range(3))
            tell("\n  Đăng nhập thử (dữ liệu trình diễn, người trong đó là tưởng tượng):")
            for entry in sign_ins:
                tell(f"    {entry[0]:{who}}  {entry[1]:{account}}  {'  '.join(entry[2:])}")
            if self.options.host not in LOOPBACK:
                tell("\n  Ai cũng biết mật khẩu trình diễn, mà trang này mở cho máy khác; khi chạy thật: --no-demo.")
        tell(f"\n  Nhật ký: {self.home / 'logs'}    Dừng: Ctrl-C\n")

    def _watch(self) -> None:
        """Start again what has crashed."""
        if postgres.is_embedded() and not postgres.is_running():
            say("PostgreSQL dừng bất thường; khởi động lại.")
            try:
                postgres.start()
            except Refused as refusal:
                say(refusal.message)
                time.sleep(5)
        for child in self.children:
            if message := child.watch():
                say(message)

    def _kill(self, _number: int, _frame: object) -> None:
        for child in self.children:
            child.kill()

    def _stop(self) -> None:
        """Stop web and worker; PostgreSQL stops when this process ends, unless another one uses it."""
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._kill)
        if self.preparing and self.preparing.poll() is None:
            self.preparing.terminate()
            self.preparing.wait()
        self.teller.fail()
        say("Đang dừng …")
        stop_all(self.children)
        postgres.leave()
        say(f"Đã dừng. Dữ liệu còn nguyên ở {self.home}.")


def _read(text: str) -> dict:
    """Return the line that ``prepare`` told; anything else that was printed counts as nothing."""
    try:
        line = json.loads(text)
    except ValueError:
        return {}
    return line if isinstance(line, dict) else {}


def _environment(options: argparse.Namespace, address: str) -> dict[str, str]:
    """Return what the children are told beside our own environment; what the operator set himself stands."""
    hosts = ["localhost", "127.0.0.1", "[::1]"]
    if options.host in EVERYWHERE:
        hosts += [socket.gethostname(), *_own_addresses()]
    elif options.host not in LOOPBACK:
        hosts.append(options.host)
    given = {"MOTCUA_PUBLIC_URL": address, "MOTCUA_HOSTS": ",".join(hosts)}
    return {name: os.environ.get(name) or value for name, value in given.items()}


def _own_addresses() -> list[str]:
    try:
        return sorted({str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)})
    except OSError:
        return []


def _only_one(home: Path, address: str) -> "locks.Marked":
    """Hold this home for one ``run``; refuse where another one runs, naming its address."""
    try:
        return locks.mark(home / "run.lock", f"{os.getpid()} {address}")
    except BlockingIOError as error:
        running = " tại ".join((home / "run.lock").read_text().split()[:2])
        raise Refused(f"Motcua đang chạy rồi (tiến trình {running}); dữ liệu ở {home}.") from error


def _refuse_taken(host: str, port: int) -> None:
    """Refuse a port that is taken before anything starts."""
    try:
        family, kind, protocol, _name, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise Refused(f"--host {host}: không phải địa chỉ của máy này.") from error
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(where)
        except PermissionError as error:
            raise Refused(f"Cổng {port} cần quyền quản trị; hãy chọn cổng từ 1024 trở lên: --port 8000.") from error
        except OSError as error:
            raise Refused(
                f"Cổng {port} trên {host} đang có chương trình khác dùng hoặc địa chỉ không thuộc máy này. "
                f"Chọn cổng khác: ./motcua run --port {port + 1 if port < 65535 else PORT}."
            ) from error


def _reset(home: Path, sure: bool, ask: Callable[[str], str] = input) -> None:
    """Delete the embedded database and the files of its dossiers, after asking."""
    if not postgres.is_embedded():
        raise Refused("--reset chỉ xóa cơ sở dữ liệu nhúng; DATABASE_URL đang chỉ một máy chủ khác.")
    if not sure:
        if not sys.stdin.isatty():
            raise Refused("--reset cần xác nhận ở bàn phím; nếu chắc chắn, thêm --yes.")
        if ask(f"Xóa toàn bộ dữ liệu ở {home}? Gõ «xóa» để đồng ý: ").strip().casefold() not in {"xóa", "xoá"}:
            raise Refused("Không xóa gì.")
    postgres.destroy()
    shutil.rmtree(home / "files", ignore_errors=True)
