"""Shapes of what the API takes and tells of dossiers."""
