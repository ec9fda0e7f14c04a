"""The board of those who look after a region: what they own, what they ordered, what is late, where it may become dangerous."""
