"""The ways in which scraped text shows a table. Each file turns a run of lines into chunks of cells."""
