"""Papers: the files of a dispute, and its documents typeset as PDF/A."""
