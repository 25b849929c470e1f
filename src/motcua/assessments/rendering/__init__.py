"""Results as documents and open data."""
