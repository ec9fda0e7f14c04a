"""The desk: what staff open in the morning, and the one page that all of them share for a dispute."""
