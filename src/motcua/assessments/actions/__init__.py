"""The only writers of this module."""
