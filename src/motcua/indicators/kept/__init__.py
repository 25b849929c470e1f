"""Kept cells: counts by leaf unit, detail and month that move in the transaction of the row they count."""
