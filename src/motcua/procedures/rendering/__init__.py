"""Files made of the catalogue."""
