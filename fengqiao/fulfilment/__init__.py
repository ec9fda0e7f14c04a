"""What was promised is done, or not: payments and duties recorded and proved, what was missed, and what the court decided."""
