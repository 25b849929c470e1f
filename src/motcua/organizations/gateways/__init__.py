"""Ways into the house for people and machines; one class each, chosen in the settings."""
