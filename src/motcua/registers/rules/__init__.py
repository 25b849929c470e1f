"""What may be said of registers without a database: definitions, values, formulas."""
