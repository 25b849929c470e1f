"""The one exception with which the house says no."""


class Refused(Exception):
    """Something was asked that may not be done; ``message`` says what and where, in the reader's words.

    ``field`` names the input at fault, where there is one, so that a form can show it in place.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = str(message)
        self.field = field
