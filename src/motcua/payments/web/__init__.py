"""Pages of payments: what a gateway and its payers reach, and the books of those who take money."""
