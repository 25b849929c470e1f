"""The only writers of this module, by phase of the day."""
