"""The district's data on the screen of the system administrator: tables, one row, a spreadsheet in and out, history."""
