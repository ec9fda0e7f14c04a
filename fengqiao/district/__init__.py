"""A county as data: reading a district's folder, loading it, and a small living demonstration on top of it."""
