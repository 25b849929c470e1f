"""Logs as one JSON object a line, for machines to read; what people typed and what rows hold stays out of them."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

_KNOWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# What PostgreSQL adds to an error: whole rows and keys, with the names of people in them.
_ROWS = re.compile(r"^(DETAIL|CONTEXT): .*$", re.MULTILINE)


class JsonLines(logging.Formatter):
    """Format a record with its extra fields; an exception goes in ``error`` with its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _KNOWN}
        if "request" in line:
            line |= _route_only(line["message"], line.pop("request"))
        if record.exc_info:
            line["error"] = _ROWS.sub(r"\1: …", self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def _route_only(message: str, request: Any) -> dict[str, Any]:
    """Return what a line says of a request: Django would write path and query, which hold codes and names."""
    match = getattr(request, "resolver_match", None)
    route = match.route if match else ""
    path = getattr(request, "path", "")
    return {
        "message": message.replace(path, route) if len(path) > 1 else message,
        "id": getattr(request, "id", ""),
        "method": getattr(request, "method", ""),
        "route": route,
    }
