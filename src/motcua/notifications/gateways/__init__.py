"""Ways out of the house: mail, and partners that speak our small HTTP protocol (docs/messages.md)."""
