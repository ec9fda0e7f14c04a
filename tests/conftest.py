"""What every test has: no network beyond this machine, and a clean translation state."""
