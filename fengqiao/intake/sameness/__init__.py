"""Whether two texts are about the same matter: the same place and the same grievance, not merely the same topic."""
