"""The roster: who may mediate, on whose word, until when."""
