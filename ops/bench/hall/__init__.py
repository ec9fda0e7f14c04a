"""`./run bench queue`: days in a hall, played on paper by the product's own rules, and promises held against what came."""
