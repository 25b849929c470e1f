"""Documents against which the reading of plans is judged; README.md says what they are, ``make.py`` makes them."""
