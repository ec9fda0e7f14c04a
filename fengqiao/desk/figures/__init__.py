"""Figures: what the bodies did in a stretch of days, each by the name it bore then (handbook 4)."""
