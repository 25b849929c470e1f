"""Invented reports of many shapes with errors planted one at a time; ours, so they show what was thought of."""
