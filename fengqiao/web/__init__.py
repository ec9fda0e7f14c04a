"""The shell: how every screen answers, refuses, looks and is made of parts. It knows no stage of the work."""
