"""Pure rules of the catalogue: reading crawled cells, fees, and search."""
