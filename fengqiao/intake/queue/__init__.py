"""站台引导: a number at the door or from home, fairly called, honestly estimated, and no place lost. docs/queue.md explains it."""
