"""Notices: who among the staff is told of what, once each, with a way to the dispute it is about."""
