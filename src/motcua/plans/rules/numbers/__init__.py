"""Numbers to reach, numbers a document claims, and what measures them."""
