"""The roster: who may mediate or advise, on whose word, until when; how somebody comes onto it and leaves it again."""
