"""The simulated partner. It keeps what it was told in memory and shows addresses masked.

    POST /messages   the protocol of gateways.http; the same Idempotency-Key is one message
    GET  /           what came in, as JSON, newest first, and the mode
    POST /mode       {"mode": "success"}: answer so from now on

Modes: ``success``, ``fail`` (503), ``refuse`` (422), ``timeout`` (takes the message, answers never), ``slow`` (takes
it, answers after ``delay`` seconds), ``garbled`` (takes it, answers what nobody can read). An address that ends in 0001
to 0005 chooses fail, refuse, timeout, slow, garbled for itself, whatever the mode.
"""

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from motcua.notifications.gateways.signing import KEY, SIGNATURE, TIME, is_signed
from motcua.notifications.rules.masking import masked

MODES = ("success", "fail", "refuse", "timeout", "slow", "garbled")
BY_ADDRESS = {"0001": "fail", "0002": "refuse", "0003": "timeout", "0004": "slow", "0005": "garbled"}
MOST_BODY = 64 * 1024
MOST_KEPT = 1000


@dataclass
class Partner:
    """What the partner remembers."""

    secret: str
    mode: str = "success"
    delay: float = 3.0  # seconds
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)  # by key
    asked: int = 0  # requests that were signed
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, key: str, message: dict[str, Any]) -> str:
        """Note ``message`` once; return its number, the same for the same key."""
        with self.lock:
            self.asked += 1
            if key not in self.taken:
                shown = {**message, "to": masked(str(message.get("to", ""))), "id": f"MP-{len(self.taken) + 1:06d}"}
                self.taken[key] = shown
                while len(self.taken) > MOST_KEPT:
                    self.taken.pop(next(iter(self.taken)))
            return str(self.taken[key]["id"])

    def mode_for(self, address: str) -> str:
        """Return how a message to ``address`` is answered."""
        return BY_ADDRESS.get(address[-4:], self.mode)


class Handler(BaseHTTPRequestHandler):
    """One request to the partner."""

    partner: Partner
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Show what came in."""
        with self.partner.lock:
            found = list(self.partner.taken.values())[::-1]
        self._answer(200, {"mode": self.partner.mode, "asked": self.partner.asked, "messages": found})

    def do_POST(self) -> None:
        """Take a message, or change the mode."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MOST_BODY:
            self.close_connection = True
            return self._answer(413, {"error": "too large"})
        body = self.rfile.read(int(length))
        try:
            told = json.loads(body)
            if not isinstance(told, dict):
                raise ValueError("no object")
        except ValueError:
            return self._answer(400, {"error": "no JSON object"})
        if self.path == "/mode":
            return self._change_mode(str(told.get("mode")))
        return self._take(body, told)

    def _change_mode(self, mode: str) -> None:
        if mode not in MODES:
            return self._answer(400, {"error": f"modes: {', '.join(MODES)}"})
        self.partner.mode = mode
        return self._answer(200, {"mode": mode})

    def _take(self, body: bytes, told: dict[str, Any]) -> None:
        key, at, signature = (self.headers.get(name, "") for name in (KEY, TIME, SIGNATURE))
        if not key or not is_signed(body, at=at, signature=signature, secret=self.partner.secret, now=time.time()):
            return self._answer(401, {"error": "not signed by whom we know"})
        mode = self.partner.mode_for(str(told.get("to", "")))
        if mode in ("fail", "refuse"):
            self.partner.asked += 1
            return self._answer({"fail": 503, "refuse": 422}[mode], {"error": mode})
        number = self.partner.take(key, told)
        if mode == "timeout":
            time.sleep(self.partner.delay * 10)
            self.close_connection = True
            return None
        if mode == "slow":
            time.sleep(self.partner.delay)
        if mode == "garbled":
            return self._write(200, b"<html>ok</html>")
        return self._answer(200, {"id": number})

    def _answer(self, status: int, what: dict[str, Any]) -> None:
        self._write(status, json.dumps(what, ensure_ascii=False).encode())

    def _write(self, status: int, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # who asked did not wait

    def log_message(self, format: str, *values: Any) -> None:
        """Say nothing: what passes here is other people's words."""


def serve(port: int, *, secret: str, mode: str = "success", delay: float = 3.0) -> ThreadingHTTPServer:
    """Return the partner listening on 127.0.0.1:``port`` (0: any free one), with ``partner`` as an attribute."""
    partner = Partner(secret=secret, mode=mode, delay=delay)
    server = ThreadingHTTPServer(("127.0.0.1", port), type("ThisHandler", (Handler,), {"partner": partner}))
    server.daemon_threads = True
    server.partner = partner  # type: ignore[attr-defined]
    return server
