"""Agreements: drafted from templates, read and signed clause by clause, numbered without gaps, sealed, and verifiable."""
