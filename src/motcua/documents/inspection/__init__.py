"""Looks inside uploaded files: each room knows one family of files and refuses what could do harm."""
