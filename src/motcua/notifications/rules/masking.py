"""How an address is shown to whoever may see that there is one, but not which."""


def masked(address: str) -> str:
    """Return an address that its owner knows again: ``09*****123``, ``n***@e***.org``."""
    name, at, host = address.partition("@")
    if at:
        first, dot, rest = host.rpartition(".")
        return f"{name[:1]}***@{first[:1]}***{dot}{rest}"
    return f"{address[:2]}{'*' * max(len(address) - 5, 3)}{address[-3:] if len(address) > 5 else ''}"
