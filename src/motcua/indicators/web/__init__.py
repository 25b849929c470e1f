"""Pages: the ratios by unit and month, and the targets."""
