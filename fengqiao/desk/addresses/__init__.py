"""The administrator's pages of the address library: the list, each address with its history, its changes, its tables."""
