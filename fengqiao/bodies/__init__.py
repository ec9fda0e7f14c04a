"""Who answers: centres, branches, committees, departments, courts and rooms, their windows and their numbered series."""
