"""How an address is shown to whoever may see that there is one, but not which."""


def masked(address: str) -> str:
    """Return an address that its owner knows again: ``09*****123``, ``n***@e***.org``; a short one is all stars."""
    name, at, host = address.partition("@")
    if at:
        first, dot, rest = host.rpartition(".")
        return f"{name[:1]}***@{first[:1]}***{dot}{rest if dot else ''}"
    if len(address) < 8:
        return "***"
    return f"{address[:2]}{'*' * (len(address) - 5)}{address[-3:]}"
