"""Reading fees."""

from motcua.payments.models import Fee


def fee_of(subject: str) -> Fee | None:
    """Return the fee asked for ``subject``, paid, cancelled or not; None if none was."""
    return Fee.objects.filter(subject=subject).first()


def is_unpaid(subject: str) -> bool:
    """Whether a fee was asked for ``subject`` and is neither paid nor cancelled."""
    return Fee.objects.filter(subject=subject, paid_at__isnull=True, cancelled_at__isnull=True).exists()
