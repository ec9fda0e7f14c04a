"""`./run bench`: how fast it is, as figures. Nothing here is asserted; a test that watches the clock fails on a busy machine."""
