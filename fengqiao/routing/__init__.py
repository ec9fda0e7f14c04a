"""Who handles a dispute: dispatch and return, up and down the levels, calling others, joining what is one matter."""
