"""Supervision: orders, leaders' own disputes, conferences, major incidents, what is cleared each day, who answers for lapses."""
