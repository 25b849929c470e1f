"""Papers of payments."""
