"""The administration area: a system, a security and an audit administrator, each with pages of their own.

What each may do stands in people/duties.py. None of these pages shows a dispute.
"""
