"""The roster on the desk: the list, an entry with its history, applications and their review, cards, files in and out."""
