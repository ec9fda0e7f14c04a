"""The pages of the queue: the clerk's, the windows of a hall, and what stands in the hall for everybody."""
