"""Who is meant: names of agencies and persons, and whom a sentence gives work to."""
