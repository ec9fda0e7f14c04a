"""Duty in a hall: who is to be at which window when, who is there now, who comes when called, who was missing."""
