"""A template variable that does not exist fails the test that met it."""


class Undefined(str):
    """Django puts this where a variable is missing; ``%s`` is asked for with the variable's name."""

    __slots__ = ()

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __bool__(self) -> bool:
        return True

    def __mod__(self, name: object) -> str:
        raise LookupError(f"undefined template variable: {name}")
