"""Where things are: the tree of regions with its levels as data."""
