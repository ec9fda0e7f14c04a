"""A small living district: invented people with invented disputes, all of it done through the commands that people use."""
