"""A year of a district: as many disputes as are wanted, lived through the commands that people use, whoever stops it half-way."""
