"""Readers in a process of their own: each asks for one address again and again over a kept connection.

Told on standard input as JSON {"port", "path", "cookies": [a header for each reader], "seconds"}; prints the
milliseconds of every request as JSON. Imports nothing of Motcua, so that starting it costs nothing.
"""

import http.client
import json
import sys
import threading
import time
from typing import Any


def main() -> None:
    """Let all readers ask until the time is over."""
    told: dict[str, Any] = json.load(sys.stdin)
    times: list[float] = []
    until = time.perf_counter() + told["seconds"]
    readers = [
        threading.Thread(target=_ask, args=(told["port"], told["path"], cookie, until, times))
        for cookie in told["cookies"]
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    sys.stdout.write(json.dumps(times))


def _ask(port: int, path: str, cookie: str, until: float, times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    while time.perf_counter() < until:
        started = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        times.append((time.perf_counter() - started) * 1000)


if __name__ == "__main__":
    main()
