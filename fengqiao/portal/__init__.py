"""The face for residents: apply in three steps, follow with a code and a PIN, say and do what is theirs to say and do."""
