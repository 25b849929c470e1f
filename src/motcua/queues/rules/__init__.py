"""Pure arithmetic of a hall: whose turn it is, how long somebody waited, when numbers are given."""
