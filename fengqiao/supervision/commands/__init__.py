"""The changes of supervision. Each row hangs on a dispute, whose chain tells of it; incidents and lapses have their own."""
