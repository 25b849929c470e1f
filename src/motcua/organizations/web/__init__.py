"""Pages: sign-in, the tree of units, API keys."""
