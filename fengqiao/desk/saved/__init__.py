"""存为视图: a list with its filters under a name of one's own, or of the whole office."""
