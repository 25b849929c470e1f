"""Django's engine for PostgreSQL, with a health check that asks nothing over the wire."""
