"""Reports on paper, in the layout of Decree 30/2020 (DOMAIN 11.5)."""
