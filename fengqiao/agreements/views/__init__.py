"""The pages: the desk's, those of who signs, and the public check of a paper."""
