"""五级调处: the ladder of tiers, who leads on each, and how a dispute moves on it."""
