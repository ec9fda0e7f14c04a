"""分级: the district's thresholds, what they propose for a dispute and why, and what a person made of it."""
