"""Messages to people about subjects: shown in the house, and by mail where an address is known."""
