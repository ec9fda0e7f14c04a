"""The calendar of what is due, and the coming year's holidays."""
