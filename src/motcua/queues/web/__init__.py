"""Pages: translate, never decide."""
