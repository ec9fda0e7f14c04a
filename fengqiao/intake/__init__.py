"""How a dispute comes in: at the window, online, or in a file; visits, earlier matters of the same people, the slip."""
