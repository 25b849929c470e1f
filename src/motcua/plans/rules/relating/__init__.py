"""A plan beside another: above it, before it, or edited in a sheet."""
