"""分流规则: which body a matter goes to, as data. `book.py`, `deciding.py` and `lint.py` know no database."""
