"""Sending many disputes on at once: what the rules propose for each, one press, and for each what became of it."""
