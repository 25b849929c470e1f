"""Pages: reports of a unit, the grid, checks and exports."""
