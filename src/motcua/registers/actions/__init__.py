"""The only writers of registers."""
