"""值班表 as a table: taken in from a spreadsheet whole or not at all, given out as one."""
