"""Pages of notices, wishes and the outbox."""
