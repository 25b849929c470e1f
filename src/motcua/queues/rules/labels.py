"""What a number looks like: A012 for who came, AH03 for an appointment."""

APPOINTMENT_MARK = "H"  # hẹn


def series_of(letter: str, *, is_appointment: bool) -> str:
    """Return the series that numbers are counted in."""
    return letter + APPOINTMENT_MARK if is_appointment else letter


def label_of(series: str, number: int) -> str:
    """Return the number as it is printed, shown and called: four signs, more when the day is long."""
    return series + f"{number:0{4 - len(series)}d}"
