"""The pages of notices: the inbox, how one wants to be told, and the outbox."""
