"""Template words of routes."""
