"""Pure rules of payments: statements and what does not agree in them, transfer codes."""
