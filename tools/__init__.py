"""Programs around the house, for those who set it up or change it: standard library only."""
