"""The append-only ledger: what happened, in which order, told by whom, provably unchanged. It knows no domain word."""
