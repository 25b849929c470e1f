"""The house in a real Chromium: one walk through all stations, and every page for every role."""
