"""A partner over HTTP: one signed POST per message, told apart by its key, with a limit on every wait.

    POST <url>          Idempotency-Key: …  X-Motcua-Time: …  X-Motcua-Signature: …
    {"channel", "to", "subject", "text", "link"}  ->  200 {"id": "…"}

429 and 5xx are tried again; any other answer is a refusal for good, 422 one of the address.
"""

import http.client
import json
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from motcua.notifications.gateways.port import NotSent, Outgoing
from motcua.notifications.gateways.signing import KEY, SIGNATURE, TIME, signature_of
from motcua.notifications.states import BAD_ADDRESS, BUSY, REFUSED, TIMEOUT, UNREACHED, UNREADABLE

MOST_ANSWER = 64 * 1024  # bytes
_AGAIN = {408, 425, 429}


@dataclass(frozen=True)
class HttpGateway:
    """A partner at ``url``; ``timeout`` in seconds for connecting and for each read."""

    url: str
    secret: str
    timeout: float

    def send(self, message: Outgoing) -> str:
        """Hand ``message`` over and return the partner's number of it.

        Raises:
            NotSent: the partner was not reached, did not answer in time, or refused.
        """
        body = json.dumps(
            {"channel": message.channel, "to": message.address, "subject": message.subject, "text": message.text,
             "link": message.link}, ensure_ascii=False,
        ).encode()  # fmt: skip
        status, answer = self._post(body, message.key)
        if status in _AGAIN or status >= 500:
            raise NotSent(BUSY)
        if status == 422:
            raise NotSent(BAD_ADDRESS, is_final=True)
        if not 200 <= status < 300:
            raise NotSent(REFUSED, is_final=True)
        try:
            return str(json.loads(answer)["id"])[:80]
        except (ValueError, KeyError, TypeError) as error:
            # It may have been taken; the same key asks again without sending twice.
            raise NotSent(UNREADABLE) from error

    def _post(self, body: bytes, key: str) -> tuple[int, bytes]:
        parts = urlsplit(self.url)
        connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = connect(parts.hostname or "", parts.port, timeout=self.timeout)
        at = str(int(time.time()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            KEY: key,
            TIME: at,
            SIGNATURE: signature_of(body, at=at, secret=self.secret),
        }
        try:
            connection.request("POST", parts.path or "/", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(MOST_ANSWER)
        except TimeoutError as error:
            raise NotSent(TIMEOUT) from error
        except (OSError, http.client.HTTPException) as error:
            raise NotSent(UNREACHED) from error
        finally:
            connection.close()
