"""What is frozen is hashed over one form of its JSON."""

import json
from typing import Any


def canonical(content: Any) -> bytes:
    """Return the bytes that a digest is taken of: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
