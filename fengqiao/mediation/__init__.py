"""Mediators at work: who mediates and whether they may, what the parties are told, sessions, minutes, and how it ends."""
