"""THE CORE: the dispute, its parties, its life in two tables, who may do what, its clocks, and `advance`."""
