"""Tags of the catalogue for pages of any module above it."""
