"""Decisions that announce, change or abolish procedures (Circular 02/2017, DOMAIN 5.4), read into rows. Pure."""
