"""Who works here: accounts, where they belong, what they are."""
