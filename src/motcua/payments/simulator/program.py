"""The simulated gateway's answers over HTTP: the merchant's signed requests, the payer's page, the switch page."""

import contextlib
import html
import json
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from motcua.payments.gateways import signing
from motcua.payments.simulator.bank import BY_LAST_DIGIT, DOUBLE, LATE, LOST, MODES, TIMEOUT, Bank, Order

MOST_BYTES = 64 * 1024
NOTICE_TRIES = 3
_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{font:18px/1.5 sans-serif;max-width:36rem;margin:2rem auto;padding:0 1rem}}
button{{font:inherit;padding:.6rem 1rem;margin:.3rem .3rem .3rem 0}}.note{{background:#fff3c4;padding:.6rem}}</style>
<p class="note">Cổng thanh toán mô phỏng: không có tiền thật.</p><h1>{title}</h1>{body}</html>"""


class Simulator(ThreadingHTTPServer):
    """The server with its bank. ``hangs_for`` and ``late_by`` are seconds of the modes timeout and late notice."""

    daemon_threads = True

    def __init__(
        self, port: int, *, bank: Bank, secret: str, hangs_for: float = 30, late_by: float = 20, host: str = "127.0.0.1"
    ) -> None:
        super().__init__((host, port), _Handler)
        self.bank, self.secret, self.hangs_for, self.late_by = bank, secret, hangs_for, late_by
        self.notices = ThreadPoolExecutor(8, thread_name_prefix="notice")
        self.stopping = threading.Event()

    @property
    def address(self) -> str:
        return f"http://{self.server_address[0]!s}:{self.server_address[1]}"

    def server_close(self) -> None:
        self.stopping.set()
        super().server_close()
        self.notices.shutdown(wait=True, cancel_futures=True)

    def tell(self, order: Order) -> int:
        """Send the merchant a signed notice, again until it is taken; return the last status (0: no answer)."""
        body, status = json.dumps(order.told()).encode(), 0
        for attempt in range(NOTICE_TRIES):
            if attempt and self.stopping.wait(attempt):
                break
            status = self._tell_once(order.notice_url, body)
            if status == 200:
                break
        return status

    def _tell_once(self, address: str, body: bytes) -> int:
        at = str(int(time.time()))
        headers = {
            signing.TIME: at,
            signing.SIGNATURE: signing.signature(self.secret, at, signing.NOTICE, "-", body),
            "Content-Type": "application/json",
        }
        request = urllib.request.Request(address, data=body, headers=headers, method="POST")  # noqa: S310
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return int(error.code)
        except OSError:
            return 0


class _Handler(BaseHTTPRequestHandler):
    server: Simulator

    def do_GET(self) -> None:  # noqa: N802
        path = urlsplit(self.path).path
        if path.startswith("/v1/"):
            self._merchant("GET", path, b"")
        elif path.startswith("/pay/"):
            self._show_order(unquote(path.removeprefix("/pay/")))
        elif path == "/":
            self._show_switch()
        else:
            self._answer(404, b"", "text/plain")

    def do_POST(self) -> None:  # noqa: N802
        path = urlsplit(self.path).path
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MOST_BYTES))
        if path.startswith("/v1/"):
            self._merchant("POST", path, body)
        elif path.startswith("/pay/"):
            self._pay(unquote(path.removeprefix("/pay/")), parse_qs(body.decode()))
        elif path == "/switch":
            wanted = parse_qs(body.decode()).get("mode", [""])[0]
            if wanted in MODES:
                self.server.bank.mode = wanted
            self._redirect("/")
        else:
            self._answer(404, b"", "text/plain")

    def log_message(self, *_args: Any) -> None:
        """Say nothing of every request."""

    def _merchant(self, method: str, path: str, body: bytes) -> None:
        given, at = self.headers.get(signing.SIGNATURE, ""), self.headers.get(signing.TIME, "")
        if not signing.is_signed(self.server.secret, at, method, path, body, given, now=time.time()):
            self._answer(401, b"", "text/plain")
            return
        try:
            self._serve(method, path, json.loads(body) if body else {})
        except (KeyError, ValueError, TypeError):
            self._answer(400, b"", "text/plain")

    def _serve(self, method: str, path: str, message: dict[str, Any]) -> None:
        bank, parts = self.server.bank, path.strip("/").split("/")
        if (method, parts[1:]) == ("POST", ["orders"]):
            if bank.mode == TIMEOUT:
                self.server.stopping.wait(self.server.hangs_for)
            order = bank.open(message)
            self._reply(path, json.dumps(order.told() | {"pay_url": f"{self.server.address}/pay/{order.number}"}))
        elif method == "GET" and parts[1] == "orders" and len(parts) == 3:
            found = bank.orders.get(unquote(parts[2]))
            if found is not None and bank.mode_of(found) == TIMEOUT:
                self.server.stopping.wait(self.server.hangs_for)
            told = found.told() if found else {"order": unquote(parts[2]), "status": "unknown"}
            self._reply(path, json.dumps(told))
        elif (method, parts[1:]) == ("POST", ["refunds"]):
            self._reply(path, json.dumps({"reference": bank.refund(message), "status": "done"}))
        elif method == "GET" and parts[1] == "statements" and len(parts) == 3:
            self._reply(path, bank.statement(date.fromisoformat(parts[2])), "text/csv; charset=utf-8")
        else:
            self._answer(404, b"", "text/plain")

    def _pay(self, number: str, form: dict[str, list[str]]) -> None:
        server, bank = self.server, self.server.bank
        order = bank.orders.get(number)
        if order is None:
            self._answer(404, b"", "text/plain")
            return
        wanted = form.get("mode", [""])[0]
        mode = wanted if wanted in MODES else bank.mode_of(order)
        was_waiting = order.status == "waiting"
        order = bank.pay(number, mode)
        if was_waiting and mode == DOUBLE:
            for told in [server.notices.submit(server.tell, order) for _ in range(2)]:
                told.result()
        elif was_waiting and mode == LATE:
            server.notices.submit(self._tell_late, order)
        elif was_waiting and mode not in (LOST, TIMEOUT):
            server.tell(order)  # before the payer comes back, as gateways do
        self._redirect(order.return_url)

    def _tell_late(self, order: Order) -> None:
        if not self.server.stopping.wait(self.server.late_by):
            self.server.tell(order)

    def _show_order(self, number: str) -> None:
        order = self.server.bank.orders.get(number)
        if order is None:
            self._answer(404, b"", "text/plain")
            return
        told = f"<p>Số {html.escape(order.number)}: <b>{order.amount:,} đồng</b></p>".replace(",", ".")
        if order.status == "waiting":
            usual = self.server.bank.mode_of(order)
            told += '<form method="post"><button>Thanh toán</button>'
            told += f" <small>(cổng sẽ: {MODES[usual].lower()})</small><p>Hoặc thử:</p>"
            told += "".join(f'<button name="mode" value="{mode}">{words}</button>' for mode, words in MODES.items())
            told += "</form>"
        else:
            told += f'<p>{order.status}</p><p><a href="{html.escape(order.return_url)}">Quay về</a></p>'
        self._answer(200, _PAGE.format(title="Thanh toán", body=told).encode())

    def _show_switch(self) -> None:
        mode = self.server.bank.mode
        buttons = "".join(
            f'<button name="mode" value="{name}"{" disabled" if name == mode else ""}>{words}</button>'
            for name, words in MODES.items()
        )
        digits = "".join(f"<li>…{digit}: {MODES[name]}</li>" for digit, name in BY_LAST_DIGIT.items())
        body = f'<form method="post" action="/switch"><p>Đang: <b>{MODES[mode]}</b></p>{buttons}</form>'
        body += f"<p>Theo chữ số cuối của số tiền:</p><ul>{digits}</ul>"
        self._answer(200, _PAGE.format(title="Cổng thanh toán mô phỏng", body=body).encode())

    def _reply(self, path: str, text: str, media_type: str = "application/json") -> None:
        body, at = text.encode(), str(int(time.time()))
        signed = signing.signature(self.server.secret, at, signing.REPLY, path, body)
        self._answer(200, body, media_type, {signing.TIME: at, signing.SIGNATURE: signed})

    def _redirect(self, address: str) -> None:
        self._answer(303, b"", "text/plain", {"Location": address})

    def _answer(
        self,
        status: int,
        body: bytes,
        media_type: str = "text/html; charset=utf-8",
        headers: dict[str, str] | None = None,
    ) -> None:
        # Whoever waited too long has gone: that is what the mode is for.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(status)
            for name, value in {
                "Content-Type": media_type,
                "Content-Length": str(len(body)),
                **(headers or {}),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)


def simulator(port: int, *, secret: str, mode: str, clock: Any = None, **options: Any) -> Simulator:
    """Return a simulated gateway bound to ``port`` (0: any), not yet answering."""
    bank = Bank(clock or (lambda: datetime.now().astimezone()), mode)
    return Simulator(port, bank=bank, secret=secret, **options)
